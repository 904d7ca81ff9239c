/** Claims a person’s account can be wrong in, though the token itself holds. */
export type WrongClaim = 'sub' | 'name' | 'act.sub';

/** There is no token, or it does not hold. `reason` is for the log; `claim` is what its holder can have put right. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
  constructor(
    readonly reason: string,
    readonly claim?: WrongClaim,
  ) {
    super(reason);
  }
}

/** The issuer's keys could not be had; nothing is known about the token. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}
