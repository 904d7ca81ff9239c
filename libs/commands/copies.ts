import {
  registerStream,
  stampable,
  stampedCopyOf,
  stampFactsOf,
  type Copy,
  type Entry,
  type RegisterEvent,
  type RegisterKey,
  type RegisterState,
  type SignCopy,
  type SignedFile,
  type StampCopy,
  type StampedFile,
  type StampFacts,
} from '#domain';
import type { Request } from './batch.ts';
import type { Outcome } from './outcome.ts';
import type { Runners } from './runners.ts';

/** A stamp before it is known what it says: `make` draws it, and only then is anything recorded. */
export interface StampRequest extends Omit<StampCopy, 'facts' | 'file'> {
  readonly make: (facts: StampFacts, entry: Entry) => Promise<StampedFile>;
}

/** A signed file before it is held against what was stamped. */
export interface SignRequest extends Omit<SignCopy, 'file' | 'beginsWith'> {
  readonly look: (copy: Copy) => Promise<Pick<SignCopy, 'beginsWith'> & { file: SignedFile }>;
}

type Asked = Omit<Request<never>, 'command'>;
type Copied = Outcome<RegisterState, RegisterEvent>;

/**
 * Draws the stamp of what the register says now, then records it. A repeated request has it drawn of
 * what was recorded then: the same bytes again, though nobody has kept them.
 */
export async function stamp(
  { registers }: Runners,
  { make, ...copy }: StampRequest,
  asked: Asked,
): Promise<Copied> {
  const stream = registerStream(copy.register);
  const first = await registers.answered(stream, asked.context);
  if (first) {
    const entry = stampable(first.state, copy);
    await make(first.events.find((one) => one.type === 'CopyStamped')?.data ?? entry, entry);
    return first;
  }
  const unmade = { ...copy, facts: NOTHING_SAID, file: NO_FILE };
  const entry = stampable(await registers.look(stream, { ...asked, command: unmade }), copy);
  if (asked.barred) throw asked.barred;
  const facts = stampFactsOf(entry);
  const file = await make(facts, entry);
  return registers.execute(stream, { ...asked, command: { ...copy, facts, file } });
}

/** Holds the file against the copy that was stamped, then records it. */
export async function sign(
  { registers }: Runners,
  register: RegisterKey,
  { look, ...copy }: SignRequest,
  asked: Asked,
): Promise<Copied> {
  const stream = registerStream(register);
  const first = await registers.answered(stream, asked.context);
  if (first) return first;
  const unseen = { ...copy, file: NOT_SIGNED, beginsWith: [] };
  const state = await registers.look(stream, { ...asked, command: unseen });
  if (asked.barred) throw asked.barred;
  const seen = await look(stampedCopyOf(state, copy));
  return registers.execute(stream, { ...asked, command: { ...copy, ...seen } });
}

/** In place of what is not made yet: the look-up asks for the number alone. */
const NOTHING_SAID: StampFacts = {
  ...{ numberText: '', bookName: '', certifiedOn: '' },
  ...{ certifierFullName: '', certifierTitle: '', authority: null },
};
const NO_FILE: StampedFile = {
  ...{ sourceSha256: '', place: 'bottom-right', layout: 0 },
  ...{ sha256: '', bytes: 0, pages: 0 },
};
const NOT_SIGNED: SignedFile = { sha256: '', bytes: 0, signers: [] };
