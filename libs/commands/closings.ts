import {
  bookOf,
  registerStream,
  sealStream,
  waitingIn,
  type CloseBook,
  type ConfirmProposal,
  type ProposeClosing,
  type RegisterKey,
  type SealUse,
  type Undated,
} from '#domain';
import type { Runners } from './runners.ts';
import { useSeal, type SealRef } from './specimen-use.ts';

type Sealless<C> = Omit<Undated<C>, 'seal'> & { readonly seal?: SealRef | undefined };

/** A closing before its seal is looked up; by default the closing agency's default one, where it has one. */
export type ClosingRequest = Sealless<CloseBook> | Sealless<ProposeClosing>;

type Sealed = Undated<CloseBook> | Undated<ProposeClosing>;

/**
 * A closing with the seal it is closed with, at the version in use: of the agency whose people close,
 * which is not the register's where that has ended. @throws Refusal
 */
export async function withSeal(
  { seals }: Pick<Runners, 'seals'>,
  { seal: ref, ...closing }: ClosingRequest,
  agency: string,
): Promise<Sealed> {
  const { state } = await seals.load(sealStream(agency));
  const isThere = ref !== undefined || state.some(({ fields }) => fields.isDefault);
  const seal = isThere ? { agency, ...useSeal(state, ref ?? {}) } : null;
  return { ...closing, seal };
}

/** The seal a proposed closing names, as it is now that it is confirmed. @throws Refusal it is out of use */
export async function confirmedSeal(
  { registers, seals }: Pick<Runners, 'registers' | 'seals'>,
  register: RegisterKey,
  { bookId, number, proposalId }: Undated<ConfirmProposal>,
): Promise<SealUse | null> {
  if (number !== null) return null;
  const { state } = await registers.load(registerStream(register));
  const asked = waitingIn(bookOf(state, bookId)?.proposal);
  const named = asked?.proposalId === proposalId ? asked.seal : null;
  if (!named) return null;
  const { agency, id } = named;
  return { agency, ...useSeal((await seals.load(sealStream(agency))).state, { id }) };
}
