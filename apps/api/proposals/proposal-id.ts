import { Refusal } from '#domain';
import { derivedId } from '../derived-id.ts';

const SHAPE = /^(closing|[1-9]\d{0,8})-([0-9a-f]{16})$/;

/** What a proposal is about: a number of its book, or the closing of the book (null). */
interface About {
  readonly bookId: string;
  readonly number: number | null;
}

/**
 * A proposal's id names what it is about, so that a command on it finds that without asking a read
 * model. Made from the book, the account and the idempotency key where there is one.
 */
export function newProposalId(
  { bookId, number }: About,
  { account, key }: { readonly account: string; readonly key: string | undefined },
): string {
  const about = number === null ? 'closing' : String(number);
  return `${about}-${derivedId(key, 'proposal', bookId, about, account).slice(0, 16)}`;
}

/** The number a proposal is about; null where it is about its book. @throws Refusal PROPOSAL_NOT_FOUND */
export function numberOfProposal(proposalId: string): number | null {
  const match = SHAPE.exec(proposalId);
  if (!match) throw new Refusal('PROPOSAL_NOT_FOUND', {});
  return match[1] === 'closing' ? null : Number(match[1]);
}
