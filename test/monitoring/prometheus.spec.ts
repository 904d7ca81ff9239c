import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends, type Backend } from '../support/backends.ts';
import { after, guideBook, openOffice, paper, type Office } from '../support/office.ts';
import { startProcess, output } from '../support/processes.ts';
import {
  alertExpressions,
  dashboardExpressions,
  hasPrometheus,
  startPrometheus,
  type Prometheus,
} from '../support/prometheus.ts';
import { until } from '../support/until.ts';

const EXPRESSIONS = await dashboardExpressions();
const ALERTS = await alertExpressions();
/** What a metric's name begins with here, or in what Node tells of itself. */
const METRIC = /\b(?:register|process|nodejs)_[a-z0-9_]+/g;

const about = hasPrometheus() ? describe : describe.skip;

about('a real Prometheus that scrapes the service', () => {
  let office: Office;
  let prometheus: Prometheus;
  let another: () => Promise<unknown>;

  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend, { SEAL_SECONDS: '1' });
    const target = new URL(office.url).host;
    prometheus = await startPrometheus({ target, everySeconds: 1 });
    another = await work(office);
  }, 60_000);
  afterAll(async () => {
    await prometheus.stop();
    await office.dispose();
  }, 30_000);

  it.each(EXPRESSIONS)(
    'finds data for the panel “%s”: %s',
    async (_title, expression) => {
      // A rate takes two scrapes, and something between them.
      await until(async () => {
        await another();
        const found = (await prometheus.range(expression, 60)).flatMap(({ values }) => values);
        return found.some(([, value]) => Number.isFinite(Number(value)));
      }, 30_000);
    },
    60_000,
  );

  it.each(ALERTS)(
    'knows every metric of the alert %s, and has nothing to tell: %s',
    async (alert, expression) => {
      const metrics = expression.match(METRIC) ?? [];
      expect(metrics.length).toBeGreaterThan(0);
      for (const metric of metrics) {
        await until(async () => (await prometheus.range(metric, 60)).length > 0, 30_000);
      }
      const told = (await prometheus.alerts()).filter(
        ({ labels }) => labels['alertname'] === alert,
      );
      expect(told).toEqual([]);
    },
    60_000,
  );

  it('is told the rules in a form it reads', () => {
    const rules = join(import.meta.dirname, '../../deploy/alerts.yml');
    const checked = spawnSync('promtool', ['check', 'rules', rules], { encoding: 'utf8' });
    expect([checked.status, checked.stdout]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });
});

/** Something of everything the figures tell of: done, refused, sealed, rebuilt. What gives one more number. */
async function work(office: Office): Promise<() => Promise<unknown>> {
  const officer = await office.as('receiving-officer');
  const json = { ...guideBook, closesOn: '2024-12-31' };
  const opened = await officer.post(`${office.home}/books`, { json });
  const entries = `${opened.headers.get('location')}/entries`;
  // The same name again is refused.
  await officer.post(`${office.home}/books`, { json });
  let documents = 0;
  const another = async (): Promise<unknown> => {
    documents += 1;
    const given = await officer.post(entries, { json: paper({ document: documents }) });
    return officer.get(`${entries}?limit=1`, after(given));
  };
  const env = { DATA_DIR: office.dataDir };
  const rebuilt = output(startProcess('apps/ops/main.ts', ['rebuild', '--all'], env));
  while (documents < 20) await another();
  expect(await rebuilt).toMatchObject({ status: 0 });
  return another;
}
