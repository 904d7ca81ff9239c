import {
  answersAt,
  differenceOf,
  type AsOf,
  type Moment,
  type Several,
  type Subject,
  type Thing,
} from '#audit';
import type { Config } from '#config';
import { agencyCodeOf, displayInstant, dossierOf, registerKeyOf, thingLabels } from '#domain';
import type { EventStore } from '#event-store';
import { found, type Outcome } from '../outcome.ts';
import { wholeNumber } from '../whole-number.ts';
import { listed, moreFrom, nextIn, shownList } from './lists-as-of.ts';
import { askedMoment, withMoments } from './moments.ts';

/** Which thing of a stream, or which of its lists. */
export interface ThingOptions {
  readonly stream: string;
  readonly book?: string;
  readonly number?: string;
  readonly id?: string;
  /** A list: of the stream's books, signatures, seals or mandates, or with a book of its entries. */
  readonly list?: boolean;
  /** Of a list of entries: the first number, by default that of the book, and how many are looked at. */
  readonly first?: string;
  readonly limit: string;
}
export type AsOfOptions = ThingOptions & { readonly at: string };
export type DifferenceOptions = ThingOptions & { readonly from: string; readonly to: string };

/** What a thing was at a moment, folded from the log; or what a list said. */
export const showAsOf = (config: Config, options: AsOfOptions): Promise<Outcome> =>
  withMoments(config, [askedMoment('--at', options.at)], async (store, moments) => {
    if (options.list === true) {
      const [answer] = await answersOf(store, options.stream, listOf(options), moments);
      return shownList(options.stream, listOf(options), answer);
    }
    const thing = thingOf(options);
    const [answer] = await answersOf(store, options.stream, thing, moments);
    const { state, revision } = answer;
    if (state === null) throw new RangeError(`--at: ${nameOf(thing)} was not there yet`);
    const fields = differenceOf(thing.kind, null, state);
    const lines = fields.map(({ label, toText }) => `  ${label}: ${toText}`);
    return found(true, [headOf(thing, answer), ...lines], { ...thing, revision, state });
  });

/** What of a thing, or of each of a list, is another at one moment than at another. */
export async function showDifference(config: Config, options: DifferenceOptions): Promise<Outcome> {
  const { stream, from, to } = options;
  const asked = [askedMoment('--from', from), askedMoment('--to', to)];
  return withMoments(config, asked, async (store, moments) => {
    const subject = options.list === true ? listOf(options) : thingOf(options);
    const [before, after] = await answersOf(store, stream, subject, moments);
    if (!after) throw new Error('two moments have two answers');
    return isThing(subject)
      ? changesOf(subject, before, after)
      : shownChanges(stream, subject, before, after);
  });
}

const isThing = (subject: Subject): subject is Thing =>
  !['books', 'entries', 'specimens', 'mandates'].includes(subject.kind);

function changesOf(thing: Thing, before: AsOf, after: AsOf): Outcome {
  const changes = differenceOf(thing.kind, before.state, after.state).filter(
    ({ changed }) => changed,
  );
  const lines = changes.map(({ label, fromText, toText }) => `  ${label}: ${fromText} → ${toText}`);
  const told = { ...thing, from: before.revision, to: after.revision, changes };
  return found(true, [headOf(thing, before), headOf(thing, after), ...lines], told);
}

/** Each of a list that is another at one of two moments. */
function shownChanges(stream: string, list: Several, before: AsOf, after: AsOf): Outcome {
  const [earlier, later] = [listed(list, before), listed(list, after)];
  const names = [...new Set([...earlier.keys(), ...later.keys()])];
  const changed = names.flatMap((name) => {
    const [was, is] = [earlier.get(name), later.get(name)];
    const kind = (is ?? was)?.thing.kind ?? 'book';
    const changes = differenceOf(kind, was?.state ?? null, is?.state ?? null).filter(
      (one) => one.changed,
    );
    return changes.length === 0 ? [] : [{ name, changes }];
  });
  const lines = changed.flatMap(({ name, changes }) => [
    name,
    ...changes.map(({ label, fromText, toText }) => `  ${label}: ${fromText} → ${toText}`),
  ]);
  // A book's first number stays: where both go on, they go on with the same.
  const next = nextIn(before) ?? nextIn(after);
  const head = `${stream} ── ${before.revision} → ${after.revision}`;
  const told = { stream, from: before.revision, to: after.revision, changed, next };
  return found(true, [head, ...lines, ...moreFrom(next)], told);
}

const nameOf = (thing: Thing): string => {
  const names = [thingLabels[thing.kind], 'bookId' in thing ? thing.bookId : ''];
  const within = 'number' in thing ? thing.number : 'id' in thing ? thing.id : '';
  return [...names, String(within)].filter((name) => name !== '').join(' ');
};

const headOf = (thing: Thing, { revision, occurredAt }: AsOf): string => {
  const when = occurredAt === null ? '–' : displayInstant(new Date(occurredAt));
  return `${nameOf(thing)} ── ${revision} ── ${when}`;
};

/** The thing of its stream; a register's is its numbering, where no book is named. @throws RangeError */
function thingOf({ stream, book, number, id }: ThingOptions): Thing {
  if (registerKeyOf(stream)) {
    if (book === undefined) return { kind: 'register' };
    if (number === undefined) return { kind: 'book', bookId: book };
    return { kind: 'entry', bookId: book, number: wholeNumber('--number', number) };
  }
  if (agencyCodeOf(stream) !== undefined) return { kind: 'agency' };
  if (dossierOf(stream) !== undefined) return { kind: 'dossier' };
  if (id === undefined)
    throw new RangeError('--id: which signature, seal or mandate of the stream');
  if (stream.startsWith('mandates-')) return { kind: 'mandate', id };
  return { kind: stream.startsWith('seal-') ? 'seal' : 'signature', id };
}

/** Entries of a list that are looked at, at most: all of them are in memory at once. */
const MOST_LISTED = 10_000;

/** The list of a stream. @throws RangeError */
function listOf({ stream, book, first, limit }: ThingOptions): Several {
  if (agencyCodeOf(stream) !== undefined) throw new RangeError('--list: an agency has no list');
  if (dossierOf(stream) !== undefined) throw new RangeError('--list: a dossier has no list');
  if (stream.startsWith('mandates-')) return { kind: 'mandates' };
  if (!registerKeyOf(stream))
    return { kind: 'specimens', of: stream.startsWith('seal-') ? 'seal' : 'signature' };
  if (book === undefined) return { kind: 'books' };
  const from = first === undefined ? undefined : wholeNumber('--first', first);
  const count = wholeNumber('--limit', limit);
  if (from === 0) throw new RangeError('--first: numbers begin with 1');
  if (count < 1 || count > MOST_LISTED) throw new RangeError(`--limit: 1 to ${MOST_LISTED}`);
  return { kind: 'entries', bookId: book, first: from, limit: count };
}

/** One pass over the stream for all moments. @throws RangeError there is no such stream, or it has not come so far */
async function answersOf(
  store: EventStore,
  stream: string,
  subject: Subject,
  moments: readonly Moment[],
): Promise<readonly [AsOf, ...AsOf[]]> {
  const answers = await answersAt(store.readStream(stream), { stream, subject, moments });
  for (const [index, moment] of moments.entries()) {
    const { revision = -1 } = answers[index] ?? {};
    if ('revision' in moment && revision < moment.revision)
      throw new RangeError(
        `${stream} has no event ${moment.revision}; the last one is ${revision}`,
      );
  }
  return answers as unknown as [AsOf, ...AsOf[]];
}
