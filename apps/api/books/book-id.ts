import { Refusal, registerTypes, type RegisterKey } from '#domain';
import { derivedId } from '../derived-id.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';

const SHAPE = /^([A-Z.]{1,20})-(20\d{2}|19\d{2})-([0-9a-f]{16})$/;

/**
 * A book's id names its register's type and year, so a command finds its stream without asking a
 * read model. Made from the register, the account and the idempotency key where there is one: a
 * repeated request names the same book, and no other register's.
 */
export function newBookId(
  { agency, type, year }: RegisterKey,
  { account, key }: { readonly account: string; readonly key: string | undefined },
): string {
  const id = derivedId(key, 'book', agency, type, year, account);
  return `${type}-${year}-${id.slice(0, 16)}`;
}

/** The register of a book of this agency. @throws Refusal BOOK_NOT_FOUND for what cannot be a book's id */
export function registerOfBook(agency: string, bookId: string): RegisterKey {
  const match = SHAPE.exec(bookId);
  const type = registerTypes.find((one) => one.code === match?.[1]);
  if (!match || !type) throw new Refusal('BOOK_NOT_FOUND', {});
  return { agency, type: type.code, year: Number(match[2]) };
}

/** An entry number in a path. @throws ApiProblem NOT_FOUND for what is no number */
export function entryNumberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new ApiProblem('NOT_FOUND', {});
  return Number(text);
}
