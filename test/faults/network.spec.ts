import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { numberingFaults, type Asked, type Given } from '../histories/numbering.ts';
import { startEventStoreDbDouble } from '../support/eventstoredb/server.ts';
import {
  after,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';
import { startRelay, type Relay } from '../support/relay.ts';
import { until } from '../support/until.ts';

/** What is between the service and a server: what it is behind, and the settings that lead through it. */
interface Between {
  readonly relay: Relay;
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}
type Server = 'the log' | 'the read models';

const url = process.env['MONGODB_URL'] ?? '';
const direct = /^mongodb:\/\/([^:/?,@]+):(\d+)/.exec(url);
const servers: readonly Server[] = direct ? ['the log', 'the read models'] : ['the log'];

/** A second of silence is enough for who asks whether the other side is still there. */
const KEEP_ALIVE = '&keepAliveInterval=1000&keepAliveTimeout=1000';

async function before(server: Server): Promise<Between> {
  const double = await startEventStoreDbDouble();
  const [, host = '', port = ''] =
    server === 'the log'
      ? (/\/\/([^:]+):(\d+)/.exec(double.connectionString) ?? [])
      : (direct ?? []);
  const relay = await startRelay(Number(port), { host });
  const through = `127.0.0.1:${relay.port}`;
  const env =
    server === 'the log'
      ? { EVENTSTORE_URL: `esdb://${through}?tls=false${KEEP_ALIVE}` }
      : {
          EVENTSTORE_URL: double.connectionString,
          MONGODB_URL: `mongodb://${through}/?directConnection=true`,
          MONGODB_DATABASE: `network_${process.pid}`,
        };
  const dispose = async (): Promise<void> => {
    await relay.stop();
    await double.close();
  };
  return { relay, env, dispose };
}

interface Entries {
  readonly items: readonly {
    readonly dossier: string;
    readonly document: number;
    readonly number: number;
  }[];
}

const DESKS = 4;

describe.each(servers)('a service whose network fails between it and %s', (server) => {
  let between: Between;
  let office: Office;
  let officer: Person;
  let entries: string;
  const history: Asked[] = [];
  const statuses = { command: new Set<number>(), list: new Set<number>() };
  const seen = { given: 0, refused: 0, unseen: 0 };
  const unanswered = server === 'the log' ? 'refused' : 'unseen';
  let position = '';
  let isOver = false;
  let desks: Promise<unknown>;

  beforeAll(async () => {
    between = await before(server);
    const start = () => Promise.resolve({ env: between.env, dispose: () => between.dispose() });
    office = await openOffice({ name: `a network before ${server}`, start });
    officer = await office.as('receiving-officer');
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    entries = `${opened.headers.get('location')}/entries`;
    await until(async () => (await officer.get(entries, after(opened))).status === 200);
    desks = Promise.all(Array.from({ length: DESKS }, (_, n) => desk(`H-${n}`)));
  }, 60_000);
  afterAll(async () => {
    isOver = true;
    between.relay.weather('fair');
    await desks;
    await office.dispose();
  }, 60_000);

  /** Asks for one document's number until it is given, as a portal does, looks at it, and asks for the next. */
  async function desk(dossier: string): Promise<void> {
    for (let n = 1; !isOver;) {
      const askedAt = performance.now();
      const document = `${dossier}/${n}`;
      const answer = await officer.post<{ entry: { number: number } }>(entries, {
        json: paper({ dossier, document: n }),
      });
      statuses.command.add(answer.status);
      if (answer.status >= 300) {
        history.push({ document, askedAt });
        seen.refused += 1;
        continue;
      }
      const { number } = answer.body.entry;
      history.push({ document, askedAt, answered: { at: performance.now(), number } });
      position = answer.headers.get('position') ?? position;
      seen.given += 1;
      n += 1;
      const { status } = await officer.get(entries, after(answer));
      statuses.list.add(status);
      if (status !== 200) seen.unseen += 1;
    }
  }

  const more = (what: keyof typeof seen, count: number): Promise<void> => {
    const enough = seen[what] + count;
    return until(() => seen[what] >= enough, 40_000);
  };
  /** Numbers are given and shown again, by nobody's hand. */
  const goesOn = async (): Promise<void> => {
    await more('given', 10);
    const headers = { 'read-after': position };
    await until(async () => (await officer.get(entries, { headers })).status === 200, 60_000);
  };

  const troubles: Readonly<Record<string, (relay: Relay) => Promise<void>>> = {
    'answers late': async (relay) => {
      relay.weather({ lateMs: 20 });
      await more('given', 10);
      relay.weather('fair');
    },
    'is cut in the middle of answers': async (relay) => {
      for (let cut = 0; cut < 5; cut += 1) await relay.cutAnswer();
    },
    'lets connections back in another order than they came': async (relay) => {
      relay.turnRound(true);
      for (let cut = 0; cut < 3; cut += 1) {
        relay.drop();
        await more('given', 5);
      }
      relay.turnRound(false);
    },
    'is away and comes back': async (relay) => {
      await relay.stop();
      await more(unanswered, 1);
      await relay.restart();
    },
    'is silent for a while': async (relay) => {
      relay.weather('silent');
      await more(unanswered, 1);
      relay.weather('fair');
    },
    'loses its connections without telling': (relay) => {
      relay.forsake();
      return Promise.resolve();
    },
  };

  it.each(Object.entries(troubles))(
    'which %s goes on by itself',
    async (_what, bring) => {
      await bring(between.relay);
      await goesOn();
    },
    150_000,
  );

  it('has lost, doubled and skipped no number, and told its callers to ask again', async () => {
    isOver = true;
    await desks;
    expect([...statuses.command].filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
    expect([...statuses.list].filter((status) => ![200, 503].includes(status))).toEqual([]);
    const register: Given[] = [];
    for (let page = 0; ; page += 1) {
      const { body } = await officer.get<Entries>(
        `${entries}?sort=number&limit=100&offset=${page * 100}`,
        { headers: { 'read-after': position } },
      );
      register.push(
        ...body.items.map(({ dossier, document, number }) => ({
          document: `${dossier}/${document}`,
          number,
        })),
      );
      if (body.items.length < 100) break;
    }
    expect(numberingFaults(history, register)).toEqual([]);
    expect(register.length).toBeGreaterThanOrEqual(seen.given);
  }, 60_000);
});
