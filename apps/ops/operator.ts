import { userInfo } from 'node:os';
import { isAccount } from '#access';

/** The account that is recorded: as told, else the operating system's. @throws RangeError */
export function operator(told: string | undefined): string {
  const account = told ?? userInfo().username;
  if (isAccount(account)) return account;
  throw new RangeError('--account: letters, digits and ._@:|+- only, at most 128');
}
