import { randomUUID } from 'node:crypto';
import { registerStream, type RegisterKey } from '#domain';
import type { EventStore } from '#event-store';
import { isDamage } from './damage.ts';
import type { Runners } from './runners.ts';

/** The last number of a register that something beside the log knows of. */
export interface KnownNumber {
  readonly register: RegisterKey;
  readonly lastNumber: number;
}

/** The service itself, where it has to act before anybody can be asked. */
const SERVICE = { account: 'he-thong', name: 'Hệ thống', role: 'operator' };
/** Registers looked at one after the other before anything else has its turn, at once. */
const TOGETHER = 16;

const REASON =
  'Dữ liệu tra cứu biết nhiều số hơn nhật ký của sổ: nhật ký có thể đã được khôi phục từ bản cũ hơn';

/** Said in the log, with what an operator does next. */
const PAUSED = 'numbering paused: the log has lost numbers';
const NEXT = 'ops numbering list; then ops numbering resume';
const UNPAUSED = 'registers take no command, and cannot be paused at the last number known';
const LATER = 'once they can be read: ops numbering pause --known-last';

/** What became of the registers of which something else knows more numbers than their log. */
interface PausedAhead {
  /** Streams that were paused. */
  readonly paused: readonly string[];
  /** Those whose log is damaged, or not to be read by this version: they take no command as they are. */
  readonly unpaused: readonly string[];
}

/**
 * Pauses the numbering of every register of which something else knows more numbers than its log: a
 * number that was given would be given again. What is known is what an operator is offered.
 * @throws EventStoreUnavailable some may have been; say it again
 */
async function pauseAhead(
  { runners, eventStore }: { readonly runners: Runners; readonly eventStore: EventStore },
  known: readonly KnownNumber[],
): Promise<PausedAhead> {
  const paused: string[] = [];
  const unpaused: string[] = [];
  const pause = async ({ register, lastNumber }: KnownNumber): Promise<void> => {
    const stream = registerStream(register);
    if ((await lastNumberIn(eventStore, stream)) >= lastNumber) return;
    const command = { type: 'PauseNumbering', reason: REASON, knownLast: lastNumber } as const;
    const ids = { correlationId: randomUUID(), causationId: randomUUID() };
    const context = { actor: { ...SERVICE, agency: register.agency }, ...ids };
    const { events } = await runners.registers.execute(stream, { command, context });
    if (events.length > 0) paused.push(stream);
  };
  const pauseOrTell = (one: KnownNumber): Promise<void> =>
    pause(one).catch((error: unknown) => {
      if (!isDamage(error)) throw error;
      // Its read models are filled again, and then nothing else knows this number.
      unpaused.push(`${registerStream(one.register)} (${one.lastNumber}): ${error.message}`);
    });
  for (let at = 0; at < known.length; at += TOGETHER) {
    const some = known.slice(at, at + TOGETHER).map(pauseOrTell);
    const failed = (await Promise.allSettled(some)).find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
  }
  return { paused, unpaused };
}

/** The last number the register's log knows of, 0 for none: from its end, without folding it. */
async function lastNumberIn(eventStore: EventStore, stream: string): Promise<number> {
  for await (const { type, data } of eventStore.readStream(stream, { direction: 'backward' })) {
    if (type === 'EntryNumberAssigned') return Number(data['number']);
    if (type === 'NumbersLost') return Number(data['to']);
  }
  return 0;
}

/** Which registers were paused, or could not be, and what an operator does next. */
export interface Paused {
  readonly streams: readonly string[];
  readonly remedy: string;
}

/** The same for whoever finds that the log was put back, said in its log with what an operator does next. */
export const pausingAhead =
  (
    stores: Parameters<typeof pauseAhead>[0],
    log: (message: string, detail: Paused) => void,
  ): ((known: readonly KnownNumber[]) => Promise<void>) =>
  async (known) => {
    const { paused, unpaused } = await pauseAhead(stores, known);
    if (paused.length > 0) log(PAUSED, { streams: paused, remedy: NEXT });
    if (unpaused.length > 0) log(UNPAUSED, { streams: unpaused, remedy: LATER });
  };
