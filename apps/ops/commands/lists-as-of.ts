import { differenceOf, type AsOf, type Several, type Thing } from '#audit';
import { thingLabels } from '#domain';
import { found, type Outcome } from '../outcome.ts';

/** One of a list, with what it was. */
interface Listed {
  readonly thing: Thing;
  readonly state: object;
}

type Values = Readonly<Record<string, unknown>>;

/** The things of a list at a moment, by what they are called, in order. */
export function listed(list: Several, { state }: AsOf): ReadonlyMap<string, Listed> {
  const all = Object.values(state ?? {}).find((one) => Array.isArray(one)) as
    readonly Values[] | undefined;
  const things = (all ?? []).map((one) => ({ thing: thingIn(list, one), state: one }));
  return new Map(things.map((one) => [nameIn(one.thing), one]));
}

function thingIn(list: Several, values: Values): Thing {
  switch (list.kind) {
    case 'books':
      return { kind: 'book', bookId: String(values['bookId']) };
    case 'entries':
      return { kind: 'entry', bookId: list.bookId, number: Number(values['number']) };
    case 'mandates':
      return { kind: 'mandate', id: String(values['id']) };
    case 'specimens':
      return { kind: list.of, id: String(values['id']) };
    default:
      return list satisfies never;
  }
}

function nameIn(thing: Thing): string {
  const within = 'number' in thing ? thing.number : 'id' in thing ? thing.id : '';
  const which = within === '' && 'bookId' in thing ? thing.bookId : within;
  return `${thingLabels[thing.kind]} ${which}`;
}

/** The number with which a list of entries goes on; undefined where it ends, as every other list does. */
export const nextIn = ({ state }: AsOf): number | undefined =>
  (state as { readonly next?: number } | null)?.next;

/** How to ask for what follows. */
export const moreFrom = (next: number | undefined): readonly string[] =>
  next === undefined ? [] : [`--first ${next}`];

/** A list as it was: a line for each thing, and where it goes on. */
export function shownList(stream: string, list: Several, answer: AsOf): Outcome {
  const all = [...listed(list, answer)];
  const lines = all.map(([name, { thing, state }]) => {
    const fields = differenceOf(thing.kind, null, state).map(({ toText }) => toText);
    return `${name}: ${fields.join(' · ')}`;
  });
  const lost = ((answer.state as { readonly lost?: readonly number[] } | null)?.lost ?? []).map(
    (number) => `${thingLabels.entry} ${number}: –`,
  );
  const told = { stream, revision: answer.revision, ...answer.state };
  const head = `${stream} ── ${answer.revision}`;
  return found(true, [head, ...lines, ...lost, ...moreFrom(nextIn(answer))], told);
}
