import type { StoredDoc } from '#read-store';

/** How a document of the read model is not what the log makes of it. */
export type Difference =
  | { readonly kind: 'missing'; readonly id: string }
  | { readonly kind: 'surplus'; readonly id: string }
  | { readonly kind: 'different'; readonly id: string; readonly fields: readonly string[] };

/** The document as it should be, and as it is. */
export interface Compared {
  readonly expected: StoredDoc | undefined;
  readonly found: StoredDoc | undefined;
}

/** Undefined where they are equal. */
export function differenceOf({ expected, found }: Compared): Difference | undefined {
  if (!expected) return found && { kind: 'surplus', id: found.id };
  const { id } = expected;
  if (!found) return { kind: 'missing', id };
  const fields = differingFields(fieldsOf(expected), fieldsOf(found));
  return fields.length > 0 ? { kind: 'different', id, fields } : undefined;
}

const fieldsOf = ({ doc, position }: StoredDoc): object => ({ ...doc, '(position)': position });

function differingFields(a: object, b: object): string[] {
  const [left, right] = [
    new Map<string, unknown>(Object.entries(a)),
    new Map<string, unknown>(Object.entries(b)),
  ];
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].filter((name) => canonical(left.get(name)) !== canonical(right.get(name)));
}

/** JSON with object keys in one order; an absent field differs from every value. */
function canonical(value: unknown): string {
  if (value === undefined) return 'absent';
  return JSON.stringify(value, (_key, inner: unknown) =>
    isPlainObject(inner) ? sorted(inner) : inner,
  );
}

const isPlainObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const sorted = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Walks two scans in order of id side by side. */
export async function* sideBySide(
  left: AsyncIterable<StoredDoc>,
  right: AsyncIterable<StoredDoc>,
): AsyncGenerator<Compared> {
  const [a, b] = [left[Symbol.asyncIterator](), right[Symbol.asyncIterator]()];
  let [x, y] = await Promise.all([a.next(), b.next()]);
  while (!x.done || !y.done) {
    const order = x.done ? 1 : y.done ? -1 : compareIds(x.value.id, y.value.id);
    yield {
      expected: order <= 0 ? (x.value as StoredDoc) : undefined,
      found: order >= 0 ? (y.value as StoredDoc) : undefined,
    };
    if (order <= 0) x = await a.next();
    if (order >= 0) y = await b.next();
  }
}

/** Both stores order ids by their UTF-8 bytes. */
const compareIds = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
