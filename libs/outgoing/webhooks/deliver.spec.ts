import { createHmac, timingSafeEqual } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assign, openBook, register } from '../../../test/support/register-samples.ts';
import { startReceiver, type Behaviour, type Receiver } from '../../../test/support/receiver.ts';
import { embeddedStores, play, type TestStores } from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import { testWebhooks, type TestWebhooks } from '../../../test/support/webhooks.ts';
import { registerStream } from '#domain';
import type { RecordedEvent } from '#event-store';
import { ReadModels } from '#projections';
import { outgoingEvent } from '../cloud-event.ts';
import { readWebhookKeys } from './keys.ts';
import { kept, toDrop, toRetry, type DeadLetter } from './letters.ts';
import { newLine, resumed, stood } from './line.ts';
import {
  changeLetters,
  changeLine,
  readFigures,
  readLetters,
  readLine,
  tellDecided,
} from './records.ts';
import { secretText } from './secret.ts';
import { pausedSubscriptions } from './subscriptions.ts';
import { webhookKeysPath } from '#config';

const year = openBook({ closesOn: '2024-12-31' });
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => assign({ document: from + n }));
/** Of nothing but registers. */
const types = ['BookOpened', 'EntryNumberAssigned'];
const SHORT = { WEBHOOK_RETRY_HOURS: String(0.3 / 3600) };

let stores: TestStores;
let hooks: TestWebhooks;
let receivers: Receiver[];

beforeEach(async () => {
  stores = await embeddedStores();
  hooks = testWebhooks(stores);
  receivers = [];
});
afterEach(async () => {
  await hooks.dispose();
  await Promise.all(receivers.map((one) => one.close()));
  await stores.dispose();
});

async function receiver(
  behaviour: Behaviour = 'takes',
  given: Parameters<typeof startReceiver>[0] = {},
): Promise<Receiver> {
  const started = await startReceiver(given);
  started.behaviour = behaviour;
  receivers.push(started);
  return started;
}

/** Stores anew with other settings. */
async function withSettings(
  env: Readonly<Record<string, string>>,
  firstPauseMs?: number,
): Promise<void> {
  await hooks.dispose();
  hooks = testWebhooks(stores, env, firstPauseMs);
}

const revisions = ({ taken }: Receiver): number[] => taken.map(({ event }) => event.revision);
const lineOf = async (stream: string) => (await readLine(hooks.store, stream))?.value;
const standing = (stream: string, why: string) =>
  until(async () => (await lineOf(stream))?.standing?.why === why);

describe('what is sent', () => {
  it('is every event in the log’s order, once, as the feed has it, signed', async () => {
    const bus = await receiver('takes', { tls: true });
    const stream = await hooks.subscribe({ url: bus.url, types });
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 40)]);
    await until(() => bus.taken.length === 41);
    expect(revisions(bus)).toEqual(Array.from({ length: 41 }, (_, n) => n));
    const events = [];
    for await (const event of stores.eventStore.readStream(registerStream(register)))
      events.push(outgoingEvent(event));
    expect(bus.taken.map(({ event }) => event)).toEqual(events);
    const keys = readWebhookKeys(webhookKeysPath(hooks.config));
    const [id = '', keyId = ''] = [stream.split('/')[1], keys[0]?.id];
    const secret = secretText(id, { keyId, generation: 1 }, keys);
    for (const { headers, body } of bus.taken) {
      const [at, message] = [headers['webhook-timestamp'], headers['webhook-id']].map(String);
      const mac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'));
      const own = mac.update(`${message}.${at}.${body}`).digest();
      const sent = Buffer.from(String(headers['webhook-signature']).slice('v1,'.length), 'base64');
      expect(timingSafeEqual(own, sent)).toBe(true);
      expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
      expect(Math.abs(Date.now() / 1000 - Number(at))).toBeLessThan(60);
    }
  });

  it('is of the agency and the types that were asked for, from where it was asked for', async () => {
    await play(stores.eventStore, [year, ...numbers(1, 5)]);
    const head = await stores.eventStore.head();
    const [all, opened, others, fresh] = await Promise.all([1, 2, 3, 4].map(() => receiver()));
    if (!all || !opened || !others || !fresh) throw new Error('no receivers');
    await hooks.subscribe({ url: all.url, agency: 'BK-001', types });
    await hooks.subscribe({ url: opened.url, types: ['BookOpened'] });
    await hooks.subscribe({ url: others.url, agency: 'BK-009' });
    await hooks.subscribe({ url: fresh.url, types, after: head ?? null });
    hooks.start();
    await play(stores.eventStore, numbers(6, 7), '2024-05-10T02:00:00.000Z');
    await until(() => all.taken.length === 8 && opened.taken.length === 1);
    await until(() => fresh.taken.length === 2);
    expect(revisions(fresh)).toEqual([6, 7]);
    // Its own subscription stands in the log as well.
    expect(others.taken.map(({ event }) => event.type)).toEqual([
      'so-chung-thuc.WebhookSubscribed',
    ]);
  });

  it('is signed by two secrets while the earlier one is good for something', async () => {
    const bus = await receiver();
    const stream = await hooks.subscribe({ url: bus.url, types });
    const id = stream.split('/')[1] ?? '';
    const keyId = readWebhookKeys(webhookKeysPath(hooks.config))[0]?.id ?? '';
    const rotate = (replaces: number, previousUntil: string) =>
      hooks.command(stream, {
        ...{ type: 'RotateWebhookSecret', id, replaces, keyId, previousUntil, reason: 'Hằng năm' },
      } as const);
    hooks.start();
    await rotate(1, new Date(Date.now() + 60_000).toISOString());
    await play(stores.eventStore, [year]);
    await until(() => bus.taken.length === 1);
    await rotate(2, new Date().toISOString());
    await until(
      async () => (await hooks.runners.webhooks.load(stream)).state?.secret.generation === 3,
    );
    // Told to whoever sends within some seconds.
    let document = 0;
    await until(async () => {
      document += 1;
      await play(stores.eventStore, numbers(document, document));
      await until(() => bus.taken.length === document + 1);
      return !String(bus.taken.at(-1)?.headers['webhook-signature']).includes(' ');
    });
    expect(bus.taken[0]?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  });

  it('waits while the subscription is paused, and is nothing any more once it has ended', async () => {
    const bus = await receiver();
    const stream = await hooks.subscribe({ url: bus.url, types });
    const id = stream.split('/')[1] ?? '';
    const models = new ReadModels(stores.readStore, stores.eventStore);
    await hooks.command(stream, { type: 'PauseWebhook', id, reason: 'Bảo trì' });
    // Whoever sends looks there, and not into the log.
    await until(async () => (await pausedSubscriptions(models)) === 1);
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 3)]);
    await until(async () => ((await readFigures(hooks.store))?.paused ?? 0) === 1);
    expect(bus.received).toEqual([]);
    await hooks.command(stream, { type: 'ResumeWebhook', id, reason: 'Xong' });
    await until(() => bus.taken.length === 4);
    await hooks.command(stream, { type: 'EndWebhook', id, reason: 'Thôi' });
    await until(async () => {
      const figures = await readFigures(hooks.store);
      return figures?.sending === 0 && figures.paused === 0;
    });
    await play(stores.eventStore, numbers(4, 6));
    await hooks.stop();
    expect(bus.received).toHaveLength(4);
  });
});

describe('a receiver that does not take what it is sent', () => {
  const bad: readonly Behaviour[] = [
    ...([
      'answers 500',
      'redirects',
      'answers nonsense',
      'cuts off',
      'turns to another protocol',
    ] as const),
    ...(['cuts off in the middle', 'never answers', 'trickles headers'] as const),
  ];

  it.each(bad)('is sent it again until it does, and nothing behind it before: %s', async (does) => {
    const bus = await receiver(does);
    const stream = await hooks.subscribe({ url: bus.url, types });
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 3)]);
    await until(() => bus.received.length >= 2);
    await until(async () => ((await lineOf(stream))?.failing?.tries ?? 0) >= 2);
    expect(new Set(bus.received.map(({ event }) => event.revision))).toEqual(new Set([0]));
    const ids = bus.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    bus.behaviour = 'takes';
    await until(() => bus.taken.length === 4);
    expect(revisions(bus)).toEqual([0, 1, 2, 3]);
  });

  it.each(['trickles its answer', 'answers without end'] as const)(
    'but says at once that it has: %s',
    async (does) => {
      const bus = await receiver(does);
      const stream = await hooks.subscribe({ url: bus.url, types });
      hooks.start();
      await play(stores.eventStore, [year, ...numbers(1, 2)]);
      await until(async () => (await lineOf(stream))?.taken === 3);
      expect(bus.received.map(({ event }) => event.revision)).toEqual([0, 1, 2]);
    },
  );

  it('is not there at all, comes later, and misses nothing', async () => {
    const gone = await startReceiver();
    const port = Number(new URL(gone.url).port);
    await gone.close();
    const stream = await hooks.subscribe({ url: gone.url, types });
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 3)]);
    await until(async () => ((await lineOf(stream))?.failing?.tries ?? 0) >= 3);
    const bus = await receiver('takes', { port });
    await until(() => bus.taken.length === 4);
    await bus.close();
    await play(stores.eventStore, numbers(4, 5));
    await until(async () => ((await lineOf(stream))?.failing?.tries ?? 0) >= 2);
    receivers = [];
    const again = await receiver('takes', { port });
    await until(() => again.taken.length === 2);
    expect([...revisions(bus), ...revisions(again)]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('says what it says in one line that no terminal obeys', async () => {
    const bus = await receiver('answers 500');
    const stream = await hooks.subscribe({ url: bus.url, types });
    hooks.start();
    await play(stores.eventStore, [year]);
    await until(async () => (await lineOf(stream))?.failing?.said === '500 [31mlỗi máy chủ');
  });

  it('wants no more of it: the line stands still until an operator has it go on', async () => {
    const bus = await receiver('answers 410');
    const stream = await hooks.subscribe({ url: bus.url, types });
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 2)]);
    await standing(stream, 'gone');
    bus.behaviour = 'takes';
    await play(stores.eventStore, numbers(3, 3));
    await hooks.stop();
    hooks.start();
    await until(async () => (await readFigures(hooks.store))?.standing === 1);
    expect(bus.received).toHaveLength(1);
    await changeLine(hooks.store, stream, (line) => {
      if (!line) throw new Error('no line');
      return resumed(line);
    });
    await tellDecided(hooks.store);
    await until(() => bus.taken.length === 4);
    expect(revisions(bus)).toEqual([0, 1, 2, 3]);
  });

  it('keeps nobody else waiting, however many there are of its kind', async () => {
    const dead = await receiver('never answers');
    const alive = await receiver();
    for (let n = 0; n < 150; n += 1) await hooks.subscribe({ url: dead.url, types });
    await hooks.subscribe({ url: alive.url, types });
    hooks.start();
    // By now each of the others has one under way, or waits for its turn among those that fail.
    await play(stores.eventStore, [year]);
    await until(() => dead.received.length >= 100);
    await until(() => alive.taken.length === 1);
    const began = performance.now();
    await play(stores.eventStore, numbers(1, 20));
    await until(() => alive.taken.length === 21);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('is not sent to where its network is not one that was named', async () => {
    const bus = await receiver();
    const stream = await hooks.subscribe({ url: bus.url, types });
    await withSettings({ WEBHOOK_NETWORKS: '10.0.0.0/8' });
    hooks.start();
    await play(stores.eventStore, [year]);
    await until(async () => (await lineOf(stream))?.failing?.said === 'not sent to: network');
    expect(bus.connections).toBe(0);
  });

  it('is not sent to by a name that leads where nothing is sent', async () => {
    const bus = await receiver();
    const url = bus.url.replace('127.0.0.1', 'localhost');
    const stream = await hooks.subscribe({ url, types });
    await withSettings({ WEBHOOK_NETWORKS: '10.0.0.0/8' });
    hooks.start();
    await play(stores.eventStore, [year]);
    await until(async () => ((await lineOf(stream))?.failing?.said ?? '').includes('leads to'));
    expect(bus.connections).toBe(0);
  });
});

describe('a line that waits for an hour', () => {
  const wrong = async () => {
    await withSettings({}, 3_600_000);
    const [bad, good] = [await receiver('answers 500'), await receiver()];
    const stream = await hooks.subscribe({ url: bad.url, types });
    const id = stream.split('/')[1] ?? '';
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 2)]);
    await until(async () => (await lineOf(stream))?.failing?.tries === 1);
    const edit = (url: string) =>
      hooks.command(stream, { type: 'EditWebhook', id, url, reason: 'Sửa địa chỉ' });
    return { stream, bad, good, edit };
  };

  it('is tried at once when its address was changed, and then waits as before', async () => {
    const { stream, bad, good, edit } = await wrong();
    await edit(`${bad.url}/2`);
    await until(async () => (await lineOf(stream))?.failing?.tries === 2);
    // Something is decided of some line: that is no reason to try this one.
    await tellDecided(hooks.store);
    await edit(good.url);
    await until(() => good.taken.length === 3);
    expect(bad.received).toHaveLength(2);
  });

  it('is tried at once, too, when that was done while nobody sent', async () => {
    const { good, edit } = await wrong();
    await hooks.stop();
    await edit(good.url);
    hooks.start();
    await until(() => good.taken.length === 3);
  });
});

describe('an event that its receiver never takes', () => {
  it('is put aside when the time is over, and the line goes on; it is sent when an operator says so', async () => {
    await withSettings(SHORT);
    const bus = await receiver();
    bus.decide = ({ event }) => (event.revision === 2 ? 'answers 500' : 'takes');
    const stream = await hooks.subscribe({ url: bus.url, types });
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 4)]);
    await until(() => bus.taken.length === 4);
    expect(revisions(bus)).toEqual([0, 1, 3, 4]);
    const { waiting } = await readLetters(hooks.store, stream);
    expect(waiting).toMatchObject(
      [{ type: 'EntryNumberAssigned', revision: 2, said: /^500/ }].map(({ type, revision }) => ({
        type,
        revision,
        retry: null,
      })),
    );
    await until(async () => (await readFigures(hooks.store))?.letters === 1);
    const retry = async () => {
      const decision = { by: 'an', at: new Date().toISOString(), reason: 'Đã sửa' };
      await changeLetters(hooks.store, stream, (letters) => toRetry(letters, [], decision));
      await tellDecided(hooks.store);
    };
    await retry();
    // In vain: it stays, and says what was said.
    const tries = waiting[0]?.tries ?? 0;
    await until(
      async () => (await readLetters(hooks.store, stream)).waiting[0]?.tries === tries + 1,
    );
    bus.decide = undefined;
    await retry();
    await until(async () => (await readLetters(hooks.store, stream)).waiting.length === 0);
    expect(revisions(bus)).toEqual([0, 1, 3, 4, 2]);
    await until(async () => (await readFigures(hooks.store))?.letters === 0);
  });

  it('is followed by another: the receiver is away, and the line stands still with one letter', async () => {
    await withSettings(SHORT);
    const bus = await receiver('answers 500');
    const stream = await hooks.subscribe({ url: bus.url, types });
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 9)]);
    await standing(stream, 'away');
    const letters = await readLetters(hooks.store, stream);
    expect(letters.waiting.map(({ revision }) => revision)).toEqual([0]);
    const decision = { by: 'an', at: new Date().toISOString(), reason: 'Không cần nữa' };
    await changeLetters(hooks.store, stream, (before) => toDrop(before, [], decision));
    bus.behaviour = 'takes';
    await changeLine(hooks.store, stream, (line) => {
      if (!line) throw new Error('no line');
      return resumed(line);
    });
    await tellDecided(hooks.store);
    await until(() => bus.taken.length === 9);
    expect(revisions(bus)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('an event that cannot be sent for a reason of ours', () => {
  it('is no dead letter when its receiver does not take the first that comes to it', async () => {
    await withSettings(SHORT);
    const bus = await receiver();
    bus.decide = () => (bus.received.length === 1 ? 'answers 500' : 'takes');
    const stream = await hooks.subscribe({ url: bus.url, types });
    const path = webhookKeysPath(hooks.config);
    await rename(path, `${path}.away`);
    hooks.start();
    await play(stores.eventStore, [year]);
    // By then it has lasted longer than a receiver is waited for.
    await until(async () => ((await lineOf(stream))?.failing?.tries ?? 0) >= 7);
    expect(bus.received).toEqual([]);
    await rename(`${path}.away`, path);
    await until(() => bus.taken.length === 1);
    expect((await readLetters(hooks.store, stream)).waiting).toEqual([]);
  });
});

describe('dead letters that are being sent', () => {
  const decision = { by: 'an', at: new Date().toISOString(), reason: 'Đã sửa' };
  const letterOf = ({ id, revision }: RecordedEvent): DeadLetter => ({
    ...{ id, revision, place: 'p', type: 'EntryNumberAssigned', subject: registerStream(register) },
    ...{ tries: 1, at: decision.at, said: '500', retry: decision },
  });

  /** As many as there are numbers, all to be sent once more, and a line that has come past them. */
  async function asked(url: string, documents: number): Promise<string> {
    await play(stores.eventStore, [year, ...numbers(1, documents)]);
    const after = (await stores.eventStore.head()) ?? null;
    const stream = await hooks.subscribe({ url, types, after });
    for await (const event of stores.eventStore.readStream(registerStream(register)))
      await changeLetters(hooks.store, stream, (before) => kept(before, letterOf(event)));
    return stream;
  }

  it('are sent no more once they were dropped', async () => {
    // Long enough for the operator to be first.
    await withSettings({ WEBHOOK_SECONDS: '5' });
    const bus = await receiver('never answers');
    const stream = await asked(bus.url, 4);
    hooks.start();
    await until(() => bus.received.length === 1);
    await changeLetters(hooks.store, stream, (letters) => toDrop(letters, [], decision));
    bus.behaviour = 'takes';
    await play(stores.eventStore, numbers(5, 5));
    await until(() => bus.taken.length > 0);
    expect(bus.received.map(({ event }) => event.revision)).toEqual([0, 5]);
  });

  it('keep what comes meanwhile waiting for no more than a turn', async () => {
    const bus = await receiver();
    bus.decide = ({ event }) => (event.revision <= 9 ? 'never answers' : 'takes');
    const stream = await asked(bus.url, 9);
    hooks.start();
    await until(() => bus.received.length === 1);
    await play(stores.eventStore, numbers(10, 10));
    await until(() => bus.taken.length === 1);
    expect(bus.received.length).toBeLessThan(9);
    bus.decide = undefined;
    await until(async () =>
      (await readLetters(hooks.store, stream)).waiting.every(({ retry }) => retry === null),
    );
    expect(revisions(bus).filter((revision) => revision === 9)).toEqual([9]);
  });

  const hour = new Date(Date.now() + 3_600_000).toISOString();
  const failing = { id: 'e', tries: 9, since: decision.at, nextAt: hour, said: '500' };
  it.each([
    ['stands still', stood(newLine(null), 'gone', '410', new Date())],
    ['waits', { ...newLine(null), failing }],
  ])('are all sent, though the line itself %s', async (_how, line) => {
    const bus = await receiver('never answers');
    const stream = await asked(bus.url, 4);
    await changeLine(hooks.store, stream, () => line);
    hooks.start();
    await until(async () =>
      (await readLetters(hooks.store, stream)).waiting.every(({ retry }) => retry === null),
    );
    expect(bus.received.map(({ event }) => event.revision)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('a deliverer that is stopped and started again', () => {
  it('sends nothing twice and leaves nothing out', async () => {
    const bus = await receiver();
    await hooks.subscribe({ url: bus.url, types });
    await play(stores.eventStore, [year]);
    for (let round = 0; round < 5; round += 1) {
      hooks.start();
      await play(stores.eventStore, numbers(round * 20 + 1, round * 20 + 20));
      await until(() => bus.taken.length > round * 20);
      await hooks.stop();
    }
    hooks.start();
    await until(() => bus.taken.length === 101);
    expect(revisions(bus)).toEqual(Array.from({ length: 101 }, (_, n) => n));
  });

  it('finds another log than it has read, and sends nothing of it until an operator says from where', async () => {
    const bus = await receiver();
    const stream = await hooks.subscribe({ url: bus.url, types });
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 2)]);
    await until(() => bus.taken.length === 3);
    await hooks.stop();
    await changeLine(hooks.store, stream, (line) => {
      if (!line?.come) throw new Error('no line');
      return { ...line, come: `${line.come.split('-')[0] ?? ''}-00000000` };
    });
    hooks.start();
    await standing(stream, 'astray');
    await play(stores.eventStore, numbers(3, 3));
    await changeLine(hooks.store, stream, (line) => {
      if (!line) throw new Error('no line');
      return resumed(line, null);
    });
    await tellDecided(hooks.store);
    await until(() => bus.taken.length === 7);
    expect(revisions(bus)).toEqual([0, 1, 2, 0, 1, 2, 3]);
  });

  it('does not begin anew where how far it had come was lost', async () => {
    const bus = await receiver();
    const stream = await hooks.subscribe({ url: bus.url, types });
    hooks.start();
    await play(stores.eventStore, [year, ...numbers(1, 2)]);
    await until(() => bus.taken.length === 3);
    await hooks.dispose();
    for (const end of ['', '-wal', '-shm'])
      await rm(join(stores.folder, `webhooks.db${end}`), { force: true });
    hooks = testWebhooks(stores);
    hooks.start();
    await standing(stream, 'lost');
    expect(bus.received).toHaveLength(3);
  });
});
