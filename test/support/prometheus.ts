import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

const DEPLOY = join(import.meta.dirname, '../../deploy');

/** Whether there is a real one (Debian: `apt-get install prometheus`). */
export const hasPrometheus = (): boolean =>
  spawnSync('prometheus', ['--version'], { stdio: 'ignore' }).status === 0;

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  /** Unix seconds, and the value as text. */
  readonly values: readonly (readonly [number, string])[];
}

export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: string;
}

/** A Prometheus that scrapes one address, with the alert rules of the deployment. */
export interface Prometheus {
  /** What the expression gave over the last so many seconds. @throws Error it is no expression */
  range(expression: string, seconds: number): Promise<readonly Sample[]>;
  alerts(): Promise<readonly Alert[]>;
  stop(): Promise<void>;
}

interface Given {
  /** `host:port` of the metrics. */
  readonly target: string;
  readonly everySeconds: number;
}

export async function startPrometheus({ target, everySeconds }: Given): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  const config = join(folder, 'prometheus.yml');
  await writeFile(
    config,
    `global: { scrape_interval: ${everySeconds}s, evaluation_interval: ${everySeconds}s }
scrape_configs:
  - job_name: so-chung-thuc
    static_configs: [{ targets: ['${target}'] }]
rule_files: ['${join(DEPLOY, 'alerts.yml')}']
`,
  );
  const address = `127.0.0.1:${await freePort()}`;
  const args = ['config.file', 'storage.tsdb.path', 'web.listen-address'];
  const values = [config, join(folder, 'data'), address];
  const child = spawn(
    'prometheus',
    args.map((name, at) => `--${name}=${values[at]}`),
    { stdio: 'ignore' },
  );
  await until(async () => {
    const ready = fetch(`http://${address}/-/ready`);
    return ready.then(
      ({ ok }) => ok,
      () => false,
    );
  });
  const ask = async <T>(path: string, query: Record<string, string> = {}): Promise<T> => {
    const answer = await fetch(
      `http://${address}/api/v1/${path}?${String(new URLSearchParams(query))}`,
    );
    const { status, data, error } = (await answer.json()) as Record<string, unknown>;
    if (status !== 'success') throw new Error(`${query['query']}: ${String(error)}`);
    return data as T;
  };
  return {
    range: async (query, seconds) => {
      const end = Date.now() / 1000;
      const times = { start: String(end - seconds), end: String(end), step: `${everySeconds}s` };
      return (await ask<{ result: Sample[] }>('query_range', { query, ...times })).result;
    },
    alerts: async () => (await ask<{ alerts: Alert[] }>('alerts')).alerts,
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
}

/** Every expression of the dashboard, with its panel's title. */
export async function dashboardExpressions(): Promise<(readonly [title: string, expr: string])[]> {
  const text = await readFile(join(DEPLOY, 'grafana/so-chung-thuc.json'), 'utf8');
  const { panels } = JSON.parse(text) as Dashboard;
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => [title, expr] as const),
  );
}

/** Every alert's expression, by its name. */
export async function alertExpressions(): Promise<(readonly [alert: string, expr: string])[]> {
  const text = await readFile(join(DEPLOY, 'alerts.yml'), 'utf8');
  const found = text.matchAll(/- alert: (\w+)\n\s+expr: (.*)\n/g);
  return [...found].map(([, alert = '', expr = '']) => [alert, expr] as const);
}
