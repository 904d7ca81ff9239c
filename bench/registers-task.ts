import { join } from 'node:path';
import { Runners } from '#commands';
import { Replays } from '#audit';
import { registerStream, type CalendarDate, type RegisterKey } from '#domain';
import { Heads, openEventStore } from '#event-store';
import { agencyCode, LARGE } from './registers.ts';
import { assignment } from './register-writer.ts';
import { percentile } from './report.ts';
import { createSamples } from './samples.ts';

const YEAR = 2024;
const TODAY = `${YEAR}-12-28` as CalendarDate;
const keyOf = (agency: string): RegisterKey => ({ agency, type: 'SCTDT.BS', year: YEAR });

interface Service {
  /** Gives the next number of a register; how long it took, in milliseconds. */
  assign(agency: string): Promise<number>;
  close(): Promise<void>;
}

/** Log, heads and runners as the API opens them, but that the log is written in the thread that decides. */
async function openService(folder: string, eventStoreUrl?: string): Promise<Service> {
  const store = await openEventStore({ DATA_DIR: folder, EVENTSTORE_URL: eventStoreUrl });
  const heads = new Heads(join(folder, 'heads.db'));
  const { registers } = new Runners(store, { heads, now: () => new Date(`${TODAY}T02:00:00Z`) });
  const samples = createSamples(7);
  let count = 0;
  return {
    assign: async (agency) => {
      count += 1;
      const key = keyOf(agency);
      const command = assignment(key, `B-${process.pid}-${count}`, { samples, today: TODAY });
      const actor = {
        account: 'binh.tran',
        name: 'Trần Thị Bình',
        role: 'receiving-officer',
        agency,
      };
      const context = { actor, correlationId: 'bench', causationId: 'bench' };
      const start = performance.now();
      await registers.execute(registerStream(key), { command, context });
      return performance.now() - start;
    },
    close: async () => {
      await store.close();
      heads.close();
    },
  };
}

async function inTurn(service: Service, agencies: readonly string[], numbers: number) {
  const times: number[] = [];
  for (let n = 0; n < numbers; n += 1) {
    times.push(await service.assign(agencies[n % agencies.length] ?? ''));
  }
  const sum = times.reduce((total, time) => total + time, 0);
  return { mean: sum / times.length, p99: percentile(times, 0.99) };
}

/** So many registers, each given a number in turn; the first numbers, which fold them, are not counted. */
export async function registersInTurn(
  folder: string,
  count: string,
  numbers: string,
  eventStoreUrl?: string,
) {
  const service = await openService(folder, eventStoreUrl);
  const agencies = Array.from({ length: Number(count) }, (_, index) => agencyCode(index));
  for (const agency of agencies) await service.assign(agency);
  const { mean, p99 } = await inTurn(service, agencies, Number(numbers));
  await service.close();
  return { seconds: mean / 1000, more: { p99 } };
}

/** The first number of a register in a process that has just begun. */
export async function firstNumber(folder: string, agency: string) {
  const service = await openService(folder);
  const first = await service.assign(agency);
  await service.close();
  return { seconds: first / 1000 };
}

/** Numbers of one office, while ten moments of a large register of another are asked for, or not. */
export async function whileAsking(folder: string, asked: string) {
  const service = await openService(folder);
  await service.assign(agencyCode(0));
  const log = { DATA_DIR: folder, EVENTSTORE_URL: undefined };
  const replays = new Replays({ log, atOnce: 1, deadlineMs: 60_000 });
  const { signal } = new AbortController();
  const start = performance.now();
  let answered = 0;
  const questions = Array.from({ length: Number(asked) }, (_, index) => {
    const subject = { kind: 'book', bookId: 'none' } as const;
    const moment = { revision: 1000 * (index + 1) + 88_000 };
    const question = { stream: registerStream(keyOf(LARGE)), subject, moment };
    return replays
      .ask(question, { account: 'bench', signal })
      .then(() => (answered = performance.now() - start));
  });
  const times: number[] = [];
  const done = Promise.all(questions).then(() => true);
  const least = 1500;
  for (let isDone = false; times.length < least || !isDone;) {
    times.push(await service.assign(agencyCode(0)));
    if (times.length % 50 === 0) isDone = await Promise.race([done, Promise.resolve(false)]);
  }
  await replays.close();
  await service.close();
  const p99 = percentile(times, 0.99);
  return { seconds: answered / 1000, more: { p99, numbers: times.length } };
}

/** As many numbers as this process can give to so many callers within the time; each keeps to one of the books. */
export async function numbersWithin(
  folder: string,
  milliseconds: string,
  callers: string,
  ...[books, eventStoreUrl]: readonly [string, string?]
) {
  const service = await openService(folder, eventStoreUrl);
  const agencyOf = (caller: number): string => agencyCode(caller % Number(books));
  for (let book = 0; book < Number(books); book += 1) await service.assign(agencyOf(book));
  let numbers = 0;
  const start = performance.now();
  const end = start + Number(milliseconds);
  const call = async (_: unknown, caller: number): Promise<void> => {
    while (performance.now() < end) {
      await service.assign(agencyOf(caller));
      numbers += 1;
    }
  };
  await Promise.all(Array.from({ length: Number(callers) }, call));
  const seconds = (performance.now() - start) / 1000;
  await service.close();
  return { seconds, more: { numbers } };
}
