import type { CopyStateName } from '../labels.ts';
import type { Copy } from './copy-state.ts';
import type { Entry } from './entry.ts';
import type { CopySigned, CopyStamped, SignatureUse, StampFacts } from './events.ts';

/** Which drawing of the stamp is made today; another number as soon as it draws other bytes. */
export const STAMP_LAYOUT = 2;

/** What a stamp says of a number. */
export function stampFactsOf(from: StampFacts): StampFacts {
  const { numberText, bookName, certifiedOn, certifierFullName, certifierTitle, authority } = from;
  return { numberText, bookName, certifiedOn, certifierFullName, certifierTitle, authority };
}

/** Whether a stamp says what the register says. */
export const saysTheSame = (facts: StampFacts, entry: StampFacts): boolean =>
  Object.entries(stampFactsOf(entry)).every(
    ([name, value]) => facts[name as keyof StampFacts] === value,
  );

/** What a picture of a signature shows in place of words. */
const picturedFields = ['certifierFullName', 'certifierTitle', 'authority'] as const;

/**
 * The signature whose picture stands on a stamp that says this: the one the number was given with,
 * as long as who certifies is who it was then. Where that was corrected the picture would show somebody else.
 */
export function signatureOn(
  facts: StampFacts,
  entry: Pick<Entry, 'signature' | 'assignedAs' | (typeof picturedFields)[number]>,
): SignatureUse | null {
  const first = entry.assignedAs ?? entry;
  const isSame = picturedFields.every((field) => facts[field] === first[field]);
  return isSame ? entry.signature : null;
}

export function copyStamped(entry: Entry, data: CopyStamped['data']): Entry {
  const { sourceSha256, place, layout, sha256, bytes, pages } = data;
  const file = { sourceSha256, place, layout, sha256, bytes, pages };
  const stamps = (entry.copy?.stamps ?? 0) + 1;
  return { ...entry, copy: { facts: stampFactsOf(data), file, stamps } };
}

export function copySigned(entry: Entry, { sha256, bytes, signers }: CopySigned['data']): Entry {
  return entry.copy
    ? { ...entry, copy: { ...entry.copy, signed: { sha256, bytes, signers } } }
    : entry;
}

/** Where the copy is on its way. */
function copyStateOf({ signed, facts }: Copy, entry: Entry): CopyStateName {
  if (entry.state !== 'assigned') return 'ended';
  if (signed) return 'signed';
  return saysTheSame(facts, entry) ? 'stamped' : 'outdated';
}

/** An electronic copy as it is shown. */
export const shownCopy = (copy: Copy, entry: Entry) => ({
  state: copyStateOf(copy, entry),
  sourceSha256: copy.file.sourceSha256,
  place: copy.file.place,
  sha256: copy.file.sha256,
  bytes: copy.file.bytes,
  filePages: copy.file.pages,
  signedSha256: copy.signed?.sha256 ?? null,
  signers: copy.signed?.signers ?? [],
});
