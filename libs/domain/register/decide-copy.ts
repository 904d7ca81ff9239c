import { refuse } from '../refusal.ts';
import type { CopyCommand, SignCopy, StampCopy } from './commands.ts';
import { saysTheSame } from './copy.ts';
import type { Copy } from './copy-state.ts';
import { requireEntry, requireStanding } from './decide-correction.ts';
import type { Entry } from './entry.ts';
import type { CopyEvent } from './events.ts';
import type { RegisterState } from './register.ts';
import { registerType } from './types.ts';

/** What an entry has been through is read anew for each command about it, so it has an end. */
const MOST_STAMPS = 50;

/**
 * The entry whose copy may be stamped: its number was given, stands, and is of a register of
 * electronic copies. Also in a closed book, since a copy of its last day may be stamped the day after.
 */
export function stampable(
  state: RegisterState,
  { register, bookId, number }: Pick<StampCopy, 'register' | 'bookId' | 'number'>,
): Entry {
  const [, entry] = requireEntry(state, bookId, number);
  const { isElectronic, title } = registerType(register.type);
  if (!isElectronic) refuse('COPY_NOT_ELECTRONIC', { title });
  requireStanding(entry);
  return entry;
}

/** The copy of an entry, which must have been stamped. */
export function stampedCopyOf(
  state: RegisterState,
  { bookId, number }: Pick<SignCopy, 'bookId' | 'number'>,
): Copy {
  const [, { copy, numberText }] = requireEntry(state, bookId, number);
  return copy ?? refuse('COPY_NOT_STAMPED', { numberText });
}

/** Whether the file is known, and what it says; of a signed one no more is said. */
const isKnown = (copy: Copy | undefined, { file, facts }: StampCopy): boolean =>
  copy?.file.sha256 === file.sha256 &&
  (copy.signed !== undefined || saysTheSame(copy.facts, facts));

/** Order number → stamp → sign: until it is signed, a copy may be stamped anew, which replaces it. */
function stampCopy(state: RegisterState, command: StampCopy): readonly CopyEvent[] {
  const entry = stampable(state, command);
  const { numberText, copy } = entry;
  const { bookId, number, facts, file } = command;
  if (isKnown(copy, command)) return [];
  if (copy?.signed) return refuse('COPY_SIGNED', { numberText });
  // It was corrected after the stamp was drawn.
  if (!saysTheSame(facts, entry)) return refuse('COPY_OUTDATED', { numberText });
  if ((copy?.stamps ?? 0) >= MOST_STAMPS)
    return refuse('STAMPS_EXHAUSTED', { numberText, most: MOST_STAMPS });
  return [{ type: 'CopyStamped', data: { bookId, number, ...facts, ...file } }];
}

/**
 * The stamped file with a signature behind it: it begins with the very bytes that were stamped. One
 * signature after another may be added, each to the file that was recorded before.
 */
function signCopy(state: RegisterState, command: SignCopy): readonly CopyEvent[] {
  const [, entry] = requireEntry(state, command.bookId, command.number);
  const { numberText } = entry;
  const copy = stampedCopyOf(state, command);
  const { bookId, number, file, beginsWith } = command;
  if (copy.signed?.sha256 === file.sha256) return [];
  requireStanding(entry);
  const { signed } = copy;
  const before = signed ?? copy.file;
  if (!beginsWith.includes(before.sha256))
    return refuse('COPY_OTHER_FILE', { numberText, isSigned: signed !== undefined });
  if (!signed && !saysTheSame(copy.facts, entry)) return refuse('COPY_OUTDATED', { numberText });
  const data = { bookId, number, stampedSha256: copy.file.sha256, ...file };
  return [{ type: 'CopySigned', data }];
}

export function decideCopy(state: RegisterState, command: CopyCommand): readonly CopyEvent[] {
  switch (command.type) {
    case 'StampCopy':
      return stampCopy(state, command);
    case 'SignCopy':
      return signCopy(state, command);
    default:
      return command satisfies never;
  }
}
