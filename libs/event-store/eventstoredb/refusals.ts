import { ErrorType, isCommandError } from '@eventstore/db-client';
import { EventStoreRefuses } from '../port.ts';

/** Status codes of gRPC. */
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

const ACCOUNT = 'put the account’s right name and password into EVENTSTORE_URL';
const RIGHTS =
  'give the account the right to read $all and to write the streams of this service (docs/security.md)';

/** What TLS says of a server's certificate, as Node words it, and what helps; nothing here passes by itself. */
const CERTIFICATES: readonly (readonly [RegExp, string])[] = [
  [
    /self-signed certificate|unable to get (local )?issuer certificate|unable to verify the first certificate/,
    'name the authority that signed it, by tlsCAFile in EVENTSTORE_URL',
  ],
  [
    /does not match certificate's altnames/,
    'use a name in EVENTSTORE_URL that stands in the certificate',
  ],
  [/certificate has expired|certificate is not yet valid/, 'put a valid certificate on the server'],
  [
    /wrong version number/,
    'let the server speak TLS, or say tls=false in EVENTSTORE_URL where it need not',
  ],
];

/** The refusal where this is what TLS says of a certificate; undefined where it is anything else. */
export function untrusted(said: string, cause: unknown): EventStoreRefuses | undefined {
  const found = CERTIFICATES.find(([words]) => words.test(said));
  if (!found) return undefined;
  const reason = /Last error: (?:Error: )?(.*?)(?:\. Resolution note|$)/s.exec(said)?.[1] ?? said;
  return refuses('no TLS connection to EventStoreDB', { said: reason, remedy: found[1] }, cause);
}

/** The refusal where the server answered one, whatever it was asked. */
export function refusal(error: unknown): EventStoreRefuses | undefined {
  if (!(error instanceof Error) || !isCommandError(error)) return undefined;
  const { details: said = error.message } = error._raw ?? {};
  const code = Number(error._raw?.code);
  if (code === UNAUTHENTICATED) {
    return refuses('EventStoreDB does not know this account', { said, remedy: ACCOUNT }, error);
  }
  if (code === PERMISSION_DENIED || error.type === ErrorType.ACCESS_DENIED) {
    return refuses('EventStoreDB denies this account access', { said, remedy: RIGHTS }, error);
  }
  return error.type === ErrorType.UNAVAILABLE ? untrusted(said, error) : undefined;
}

const LONGEST = 300;

/** What was said, in one line: servers and OpenSSL break theirs. */
function refuses(
  what: string,
  { said, remedy }: { readonly said: string; readonly remedy: string },
  cause: unknown,
): EventStoreRefuses {
  const words = said.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  return new EventStoreRefuses(`${what} (“${words}”)`, remedy, { cause });
}
