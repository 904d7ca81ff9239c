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

/** The program draws another file than the one that was recorded under the key: it went to nobody. */
export class DrawnOtherwise extends Error {
  override readonly name = 'DrawnOtherwise';
}

/**
 * Draws the stamp of what the register says now, then records it.
 * @throws DrawnOtherwise
 */
export async function stamp(
  { registers }: Runners,
  { make, ...copy }: StampRequest,
  asked: Asked,
): Promise<Copied> {
  const stream = registerStream(copy.register);
  const first = await registers.answered(stream, asked.context);
  if (first) return madeAgain(first, { make, ...copy });
  const unmade = { ...copy, facts: NOTHING_SAID, file: NO_FILE };
  const entry = stampable(await registers.look(stream, { ...asked, command: unmade }), copy);
  if (asked.barred) throw asked.barred;
  const facts = stampFactsOf(entry);
  const file = await make(facts, entry);
  const outcome = await registers.execute(stream, { ...asked, command: { ...copy, facts, file } });
  // Its twin was first, and the entry may have been another then.
  return outcome.repeated ? madeAgain(outcome, { make, ...copy }) : outcome;
}

/**
 * A repeated request has the stamp drawn of what was recorded then: the same bytes again, though
 * nobody has kept them. Of that moment the entry may be all there is at hand, its book not.
 */
async function madeAgain(first: Copied, { make, number }: StampRequest): Promise<Copied> {
  const entry = first.state.entries.get(number);
  const stamped = first.events.find((event) => event.type === 'CopyStamped');
  if (!entry || !stamped) throw new Error(`${number}: the key was spent on no stamp`);
  const { sha256 } = await make(stamped.data, entry);
  if (sha256 === stamped.data.sha256) return first;
  throw new DrawnOtherwise(`${number}: ${stamped.data.sha256} is known, not ${sha256}`);
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
