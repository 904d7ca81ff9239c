import fc from 'fast-check';

/** What may become of a file on its way: one of these, at a place between 0 and 1 of it. */
export type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'put'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'take'; readonly at: number; readonly count: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly count: number }
  | { readonly kind: 'cut'; readonly at: number };

const at = fc.double({ min: 0, max: 1, noNaN: true });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 16 });
const count = fc.integer({ min: 1, max: 4096 });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant('put' as const), at, bytes }),
  fc.record({ kind: fc.constant('insert' as const), at, bytes }),
  fc.record({ kind: fc.constant('take' as const), at, count }),
  fc.record({ kind: fc.constant('repeat' as const), at, count }),
  fc.record({ kind: fc.constant('cut' as const), at }),
);

export const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });

/** The file after all of them. */
export const mutated = (file: Buffer, all: readonly Mutation[]): Buffer => all.reduce(after, file);

function after(file: Buffer, one: Mutation): Buffer {
  const place = Math.min(file.length - 1, Math.floor(one.at * file.length));
  const parts = (middle: Uint8Array, from = place): Buffer =>
    Buffer.concat([file.subarray(0, place), middle, file.subarray(from)]);
  switch (one.kind) {
    case 'flip': {
      const copy = Buffer.from(file);
      if (place >= 0) copy[place] = (copy[place] ?? 0) ^ (1 << one.bit);
      return copy;
    }
    case 'put':
      return parts(one.bytes, place + one.bytes.length);
    case 'insert':
      return parts(one.bytes);
    case 'take':
      return parts(Buffer.alloc(0), place + one.count);
    case 'repeat':
      return parts(file.subarray(place, place + one.count));
    case 'cut':
      return file.subarray(0, place);
  }
}
