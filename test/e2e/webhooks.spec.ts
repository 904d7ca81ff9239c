import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Runners } from '#commands';
import { registerStream, type RegisterCommand, type RegisterKey } from '#domain';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { backends } from '../support/backends.ts';
import { GUIDE_DAY, guideBook, openOffice, paper, type Office } from '../support/office.ts';
import { kill, output, startProcess } from '../support/processes.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { assign, openBook, register } from '../support/register-samples.ts';
import { sampleActor } from '../support/stores.ts';
import { until } from '../support/until.ts';

const portOf = ({ url }: Receiver): string => new URL(url).port;

/** Settings that let these receivers be sent to. */
const toReach = (...receivers: readonly Receiver[]) => ({
  WEBHOOK_HTTP: 'true',
  WEBHOOK_NETWORKS: '127.0.0.1/32',
  WEBHOOK_PORTS: receivers.map(portOf).join(','),
  WEBHOOK_SECONDS: '2',
});

describe.each(backends)('webhooks of a service on $name', (backend) => {
  let office: Office;
  let bus: Receiver;
  let env: Record<string, string>;

  beforeEach(async () => {
    bus = await startReceiver();
    const started = await backend.start();
    const asStarted = { name: backend.name, start: () => Promise.resolve(started) };
    office = await openOffice(asStarted, toReach(bus));
    const own = { DATA_DIR: office.dataDir, CLOCK_NOW: GUIDE_DAY };
    env = { ...started.env, ...toReach(bus), ...own };
  }, 60_000);
  afterEach(async () => {
    await office.dispose();
    await bus.close();
  });

  const ops = async (...args: string[]) => {
    const { status, text } = await output(
      startProcess('apps/ops/main.ts', [...args, '--json'], env),
    );
    expect([args, status, text]).toEqual([args, 0, expect.any(String)]);
    return text;
  };
  const subscribe = async (...args: string[]) =>
    JSON.parse(await ops('webhooks', 'subscribe', '--url', bus.url, '--name', 'trục', ...args)) as {
      readonly id: string;
      readonly secret: string;
    };

  it('tell a receiver what happens, and nobody the secret', async () => {
    const types = ['--agency', office.agency, '--types', 'BookOpened,EntryNumberAssigned'];
    const { secret } = await subscribe(...types);
    const officer = await office.as('receiving-officer');
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    const book = opened.headers.get('location') ?? '';
    for (const document of [1, 2, 3])
      await officer.post(`${book}/entries`, { json: paper({ document }) });
    await until(() => bus.taken.length === 4);
    expect(bus.taken.map(({ event }) => event.type.split('.')[1])).toEqual([
      ...['BookOpened', ...Array<string>(3).fill('EntryNumberAssigned')],
    ]);
    const auditor = await office.as('auditor', { agencies: ['*'] });
    const feed = await auditor.get<{ items: { id: string }[] }>(
      `${office.home}/feed?type=BookOpened,EntryNumberAssigned`,
    );
    expect(bus.taken.map(({ event }) => event)).toEqual(feed.body.items);
    const everywhere = await Promise.all([
      ops('webhooks', 'list'),
      ops('webhooks', 'show', 'trục'),
      auditor.get('/v1/feed').then(({ body }) => JSON.stringify(body)),
    ]);
    const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
    for (const name of await readdir(office.dataDir, { recursive: true })) {
      const file = await readFile(join(office.dataDir, name)).catch(() => Buffer.alloc(0));
      expect([name, file.includes(bytes)]).toEqual([name, false]);
      everywhere.push(file.toString('latin1'));
    }
    for (const text of everywhere) expect(text).not.toContain(secret.slice('whsec_'.length));
  }, 60_000);

  it('send nothing again because read models are made anew', async () => {
    await subscribe('--types', 'BookOpened,EntryNumberAssigned');
    const officer = await office.as('receiving-officer');
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    const entries = `${opened.headers.get('location') ?? ''}/entries`;
    await officer.post(entries, { json: paper() });
    await until(() => bus.taken.length === 2);
    await ops('rebuild', '--all');
    await ops('verify');
    await office.restart();
    await officer.post(entries, { json: paper({ document: 2 }) });
    await until(() => bus.taken.length === 3);
    expect(bus.received.map(({ event }) => event.revision)).toEqual([0, 1, 2]);
  }, 120_000);
});

/** Every command, many at once: what waits for a register is decided together. */
async function playFast(
  eventStore: EventStore,
  key: RegisterKey,
  commands: readonly RegisterCommand[],
): Promise<void> {
  const { registers } = new Runners(eventStore, { now: () => new Date('2024-05-10T03:00:00Z') });
  const actor = { ...sampleActor, agency: key.agency };
  const stream = registerStream(key);
  const context = { actor, correlationId: 'c', causationId: 'c' };
  const run = (command: RegisterCommand) => registers.execute(stream, { command, context });
  const [first, ...others] = commands;
  if (first) await run(first);
  for (let from = 0; from < others.length; from += 500)
    await Promise.all(others.slice(from, from + 500).map(run));
}

const inRegister = (agency: string, count: number) => {
  const key = { ...register, agency };
  const commands: RegisterCommand[] = [
    openBook({ closesOn: '2024-12-31', register: key }),
    ...Array.from({ length: count }, (_, n) =>
      assign({ document: (n % 10_000) + 1, register: key }),
    ),
  ];
  return { key, commands };
};

describe('projectors that send webhooks', () => {
  let folder: string;
  let eventStore: EventStore;
  let receivers: Receiver[];
  let projectors: ChildProcess[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'webhooks-'));
    eventStore = openSqliteEventStore(join(folder, 'events.db'));
    receivers = await Promise.all([1, 2, 3].map(() => startReceiver()));
    projectors = [];
  });
  afterEach(async () => {
    for (const child of projectors) child.kill('SIGCONT');
    await Promise.all(projectors.map(kill));
    await eventStore.close();
    await Promise.all(receivers.map((one) => one.close()));
    await rm(folder, { recursive: true, force: true });
  });

  const env = () => ({ DATA_DIR: folder, ...toReach(...receivers) });
  const start = (): ChildProcess => {
    const settings = { ...env(), PORT: '0', LOG_LEVEL: 'silent' };
    const child = startProcess('apps/projector/main.ts', [], settings);
    projectors.push(child);
    return child;
  };
  const subscribe = async (url: string, name: string, ...more: string[]) => {
    const types = ['--types', 'BookOpened,EntryNumberAssigned', '--from', 'beginning'];
    const args = ['webhooks', 'subscribe', '--url', url, '--name', name, ...types, ...more];
    expect((await output(startProcess('apps/ops/main.ts', args, env()))).status).toBe(0);
  };

  /** What a receiver was told of a register, each event where it was first told. */
  const firsts = ({ received }: Receiver, agency: string): number[] => [
    ...new Set(received.flatMap(({ event }) => (event.agency === agency ? [event.revision] : []))),
  ];
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

  it('leave nothing out and keep the order of each register, killed at any moment', async () => {
    const [one, two, three] = receivers as [Receiver, Receiver, Receiver];
    const agencies = ['BK-001', 'BK-002'];
    const COUNT = 1500;
    await playFast(eventStore, inRegister('BK-009', 1).key, inRegister('BK-009', 1).commands);
    for (const [index, { url }] of receivers.entries()) await subscribe(url, `bus-${index}`);
    // One that is away now and then.
    let seen = 0;
    three.decide = () => ((seen += 1) % 50 === 0 ? 'cuts off' : 'takes');
    const writing = Promise.all(
      agencies.map((agency) => {
        const { key, commands } = inRegister(agency, COUNT);
        return playFast(eventStore, key, commands);
      }),
    );
    let kills = 0;
    const isDone = () =>
      receivers.every((bus) => agencies.every((agency) => firsts(bus, agency).length > COUNT));
    while (!isDone()) {
      const child = start();
      const before = one.received.length + two.received.length;
      await until(
        () => isDone() || one.received.length + two.received.length > before + 700,
        60_000,
      );
      if (kills < 4) await kill(child);
      else await until(isDone, 120_000);
      kills += 1;
    }
    await writing;
    expect(kills).toBeGreaterThan(2);
    for (const bus of receivers)
      for (const agency of agencies) expect(firsts(bus, agency)).toEqual(upTo(COUNT + 1));
    // What was under way when it was killed, and no more.
    const twice = one.received.length - new Set(one.received.map(({ event }) => event.id)).size;
    expect(twice).toBeLessThanOrEqual(kills);
  }, 300_000);

  it('send once between them; where one stands still another goes on', async () => {
    const [bus] = receivers as [Receiver];
    const { key, commands } = inRegister('BK-001', 400);
    await playFast(eventStore, key, commands.slice(0, 200));
    await subscribe(bus.url, 'bus');
    const first = start();
    await until(() => bus.taken.length === 200, 60_000);
    start();
    first.kill('SIGSTOP');
    await playFast(eventStore, key, commands.slice(200));
    await until(() => bus.taken.length === 401, 60_000);
    first.kill('SIGCONT');
    await playFast(eventStore, key, [assign({ document: 5000, register: key })]);
    await until(() => bus.taken.length >= 402, 60_000);
    expect(bus.received.map(({ event }) => event.revision)).toEqual(upTo(402));
  }, 180_000);
});
