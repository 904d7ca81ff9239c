import { answerAll, differenceOf, momentIn, type AsOf, type Subject, type Thing } from '#audit';
import type { Config } from '#config';
import { agencyCodeOf, displayInstant, registerKeyOf, thingLabels } from '#domain';
import type { EventStore } from '#event-store';
import { found, type Outcome } from '../outcome.ts';
import { withLog } from '../stores.ts';
import { wholeNumber } from '../whole-number.ts';

/** Which thing of a stream. */
export interface ThingOptions {
  readonly stream: string;
  readonly book?: string;
  readonly number?: string;
  readonly id?: string;
}
export type AsOfOptions = ThingOptions & { readonly at: string };
export type DifferenceOptions = ThingOptions & { readonly from: string; readonly to: string };

/** What a thing was at a moment, folded from the log. */
export const showAsOf = (config: Config, options: AsOfOptions): Promise<Outcome> =>
  withLog(config, async (store) => {
    const thing = thingOf(options);
    const [answer] = await answersOf(store, options.stream, thing, [momentOf('--at', options.at)]);
    const { state, revision } = answer;
    if (state === null) throw new RangeError(`--at: ${nameOf(thing)} was not there yet`);
    const fields = differenceOf(thing.kind, null, state);
    const lines = fields.map(({ label, toText }) => `  ${label}: ${toText}`);
    return found(true, [headOf(thing, answer), ...lines], { ...thing, revision, state });
  });

/** What of a thing is another at one moment than at another. */
export const showDifference = (config: Config, options: DifferenceOptions): Promise<Outcome> =>
  withLog(config, async (store) => {
    const thing = thingOf(options);
    const moments = [momentOf('--from', options.from), momentOf('--to', options.to)] as const;
    const [before, after] = await answersOf(store, options.stream, thing, moments);
    if (!after) throw new Error('two moments have two answers');
    const changes = differenceOf(thing.kind, before.state, after.state).filter(
      ({ changed }) => changed,
    );
    const lines = changes.map(
      ({ label, fromText, toText }) => `  ${label}: ${fromText} → ${toText}`,
    );
    const told = { ...thing, from: before.revision, to: after.revision, changes };
    return found(true, [headOf(thing, before), headOf(thing, after), ...lines], told);
  });

const nameOf = (thing: Thing): string => {
  const names = [thingLabels[thing.kind], 'bookId' in thing ? thing.bookId : ''];
  const within = 'number' in thing ? thing.number : 'id' in thing ? thing.id : '';
  return [...names, String(within)].filter((name) => name !== '').join(' ');
};

const headOf = (thing: Thing, { revision, occurredAt }: AsOf): string => {
  const when = occurredAt === null ? '–' : displayInstant(new Date(occurredAt));
  return `${nameOf(thing)} ── ${revision} ── ${when}`;
};

/** @throws RangeError */
function momentOf(option: string, text: string) {
  const moment = momentIn(text);
  if (moment) return moment;
  throw new RangeError(`${option}: no revision, day or instant: ${text}`);
}

/** The thing of its stream; a register's is its numbering, where no book is named. @throws RangeError */
function thingOf({ stream, book, number, id }: ThingOptions): Thing {
  if (registerKeyOf(stream)) {
    if (book === undefined) return { kind: 'register' };
    if (number === undefined) return { kind: 'book', bookId: book };
    return { kind: 'entry', bookId: book, number: wholeNumber('--number', number) };
  }
  if (agencyCodeOf(stream) !== undefined) return { kind: 'agency' };
  if (id === undefined) throw new RangeError('--id: which signature or seal of the stream');
  return { kind: stream.startsWith('seal-') ? 'seal' : 'signature', id };
}

/** One pass over the stream for all moments. @throws RangeError there is no such stream, or it has not come so far */
async function answersOf(
  store: EventStore,
  stream: string,
  subject: Subject,
  moments: readonly [ReturnType<typeof momentOf>, ...ReturnType<typeof momentOf>[]],
): Promise<readonly [AsOf, ...AsOf[]]> {
  const answers: AsOf[] = [];
  const asking = moments.map((moment, index) => ({
    question: { stream, subject, moment },
    answer: (asOf: AsOf) => void (answers[index] = asOf),
    isGone: () => false,
  }));
  await answerAll(store.readStream(stream), asking);
  for (const [index, moment] of moments.entries()) {
    const { revision = -1 } = answers[index] ?? {};
    if ('revision' in moment && revision < moment.revision)
      throw new RangeError(
        `${stream} has no event ${moment.revision}; the last one is ${revision}`,
      );
  }
  return answers as [AsOf, ...AsOf[]];
}
