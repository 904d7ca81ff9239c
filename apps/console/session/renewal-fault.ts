import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts';

/** What a provider says that cannot answer now (RFC 6749). */
const PASSING: readonly (string | null)[] = ['server_error', 'temporarily_unavailable'];

/**
 * Why a renewal gave no token: the provider refused; no answer came, which ends nothing however long
 * it lasts; or an answer came that nothing can be made of, which may be the same for ever.
 */
export function renewalFault(error: unknown): 'refused' | 'lost' | 'odd' {
  if (error instanceof ErrorResponse) return PASSING.includes(error.error) ? 'lost' : 'refused';
  // A browser has no other name for a network that is away.
  return error instanceof TypeError || error instanceof ErrorTimeout ? 'lost' : 'odd';
}
