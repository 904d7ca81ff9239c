import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { until } from '../support/until.ts';
import {
  after,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';

interface Health {
  readonly status: string;
  readonly details: Record<string, { readonly status: string; readonly failed?: string[] }>;
}
interface Projections {
  readonly items: readonly { name: string; state: string; lag: number; lagSeconds: number }[];
}

describe.each(backends)('what operators see over HTTP, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let operator: Person;

  /** The samples of one moment: each by its name; undefined when there is none. */
  async function scrape(): Promise<(name: string) => number | undefined> {
    const text = await (await fetch(`${office.url}/metrics`)).text();
    return (name) => {
      const line = text.split('\n').find((one) => one.startsWith(`${name} `));
      return line === undefined ? undefined : Number(line.split(' ').at(-1));
    };
  }

  beforeAll(async () => {
    office = await openOffice(backend);
    [officer, operator] = await Promise.all([
      office.as('receiving-officer'),
      office.as('operator', { agencies: ['*'] }),
    ]);
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    const entries = `${opened.headers.get('location')}/entries`;
    const assigned = await officer.post(entries, { json: paper() });
    await officer.post(entries, { json: paper({ document: 2, certifiedOn: '2024-05-11' }) });
    await officer.get(entries, after(assigned));
  }, 60_000);

  afterAll(() => office.dispose());

  it('the service is ready when its stores answer, and says which they are', async () => {
    const answer = await fetch(`${office.url}/health/ready`);
    const { status, details } = (await answer.json()) as Health;
    expect([answer.status, status]).toEqual([200, 'ok']);
    expect(details).toEqual({
      eventStore: { status: 'up' },
      disk: { status: 'up' },
      clock: { status: 'up' },
      readStore: { status: 'up' },
      projections: { status: 'up', failed: [], damaged: [] },
      registers: { status: 'up', damaged: [], paused: [] },
      audit: expect.objectContaining({ status: 'up', isAlarmed: false }) as unknown,
      webhooks: expect.objectContaining({ status: 'up' }) as unknown,
    });
  });

  it('each projection with position, lag and state', async () => {
    // Others may write to the same log.
    await until(async () => {
      const { status, body } = await operator.get<Projections>('/v1/projections');
      expect(status).toBe(200);
      const entries = body.items.find(({ name }) => name === 'register_entries');
      return entries?.state === 'live' && entries.lag === 0 && entries.lagSeconds === 0;
    });
    expect((await officer.get('/v1/projections')).status).toBe(403);
  });

  it('commands by type and outcome, appends, events and requests, as Prometheus reads them', async () => {
    const sample = await scrape();
    const command = (labels: string) =>
      sample(`register_command_duration_seconds_count{${labels}}`);
    expect(command('command="OpenBook",outcome="done"')).toBe(1);
    expect(command('command="AssignEntryNumber",outcome="done"')).toBe(1);
    expect(command('command="AssignEntryNumber",outcome="refused"')).toBe(1);
    expect(sample('register_append_duration_seconds_count{outcome="appended"}')).toBe(2);
    expect(sample('register_appended_events_total')).toBe(2);
    expect(sample('register_append_conflicts_total')).toBe(0);
    expect(sample('register_http_requests_total{method="POST",status="422"}')).toBe(1);
    expect(sample('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('the lag of each projection, as it is when it is asked for', async () => {
    await until(async () => {
      const sample = await scrape();
      expect(sample('register_projection_up{projection="audit_history"}')).toBe(1);
      const lag = sample('register_projection_lag_events{projection="register_entries"}');
      return lag === 0 && sample('register_projection_lag_seconds{projection="book_list"}') === 0;
    });
  });

  it('no agency, account or name in the metrics', async () => {
    const text = await (await fetch(`${office.url}/metrics`)).text();
    expect(text.includes(office.agency)).toBe(false);
    expect(/receiving-officer\.a|Thị/.test(text)).toBe(false);
  });

  it('every figure the dashboard in deploy/ draws', async () => {
    const file = new URL('../../deploy/grafana/so-chung-thuc.json', import.meta.url);
    const { panels } = JSON.parse(await readFile(file, 'utf8')) as {
      panels: { targets: { expr: string }[] }[];
    };
    const drawn = panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => expr.match(/\b(?:register|process|nodejs)_\w+/g) ?? []),
    );
    expect(drawn.length).toBeGreaterThan(10);
    // Those of webhooks are silent until whoever sends has looked for the first time.
    await until(async () => (await scrape())('register_webhook_seen_at_seconds') !== undefined);
    const text = await (await fetch(`${office.url}/metrics`)).text();
    const missing = drawn.filter((name) => !text.split('\n').some((line) => line.startsWith(name)));
    expect(missing).toEqual([]);
  });

  it('which store does not answer, and nothing of why, when one is away', async () => {
    const { readStore } = office.api.stores;
    const ping = readStore.ping.bind(readStore);
    const readRecord = readStore.readRecord.bind(readStore);
    const away = () => Promise.reject(new Error('driver text'));
    Object.assign(readStore, { ping: away, readRecord: away });
    const answer = await fetch(`${office.url}/health/ready`);
    const { status, details } = (await answer.json()) as Health;
    expect([answer.status, status, answer.headers.get('retry-after')]).toEqual([503, 'error', '1']);
    expect(details['readStore']).toEqual({ status: 'down' });
    expect(details['eventStore']).toEqual({ status: 'up' });
    // The metrics are still there; what cannot be known is left out.
    const lag = 'register_projection_lag_events{projection="register_entries"}';
    await until(async () => (await scrape())(lag) === undefined, 5000);
    expect((await scrape())('register_appended_events_total')).toBe(2);
    Object.assign(readStore, { ping, readRecord });
  });
});
