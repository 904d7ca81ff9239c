import { readFile } from 'node:fs/promises';
import type { Config } from '#config';
import { parseCertificates, parsePolicy } from '../proofs/index.ts';
import type { LogProofs } from './log-proofs.ts';
import type { Sealed, SealedLog } from './sealed-log.ts';
import { stamp } from './timestamps.ts';
import { cosign } from './witnesses.ts';

export type AttestConfig = Pick<
  Config,
  'AUDIT_POLICY' | 'AUDIT_TSA' | 'AUDIT_TSA_CERTS' | 'AUDIT_TSA_SECONDS'
>;

/** @param isAsked by somebody, now: an authority is not spared then */
export type Attest = (
  checkpoint: Sealed,
  given?: { readonly signal?: AbortSignal; readonly isAsked?: boolean },
) => Promise<void>;

export interface Attesting {
  readonly config: AttestConfig;
  readonly proofs: LogProofs;
  readonly sealed: SealedLog;
  readonly log: (message: string, detail: object) => void;
  readonly now: () => Date;
}

/** Has the configured witnesses cosign a checkpoint, and the configured authorities stamp it. */
export function createAttest({ config, proofs, sealed, log, now }: Attesting): Attest {
  const { AUDIT_POLICY, AUDIT_TSA, AUDIT_TSA_CERTS, AUDIT_TSA_SECONDS } = config;
  const tellOfWitness = outcomesTold((isIt, of) =>
    log(isIt ? 'a witness cosigns again' : 'a witness does not cosign', of),
  );
  const tellOfAuthority = outcomesTold((isIt, of) =>
    log(
      isIt ? 'a time-stamping authority stamps again' : 'a time-stamping authority does not stamp',
      of,
    ),
  );
  const rests = restingFor(REST_MS);
  const cosigned: Attest = async (checkpoint, { signal } = {}) => {
    if (AUDIT_POLICY === undefined) return;
    await readOr(tellOfWitness, AUDIT_POLICY, parsePolicy, (policy) =>
      cosign({ proofs, sealed, policy, tell: tellOfWitness, signal }, checkpoint),
    );
  };
  const stamped: Attest = async (checkpoint, { signal, isAsked = false } = {}) => {
    if (AUDIT_TSA.length === 0 || AUDIT_TSA_CERTS === undefined) return;
    const everyMs = isAsked ? 0 : AUDIT_TSA_SECONDS * 1000;
    const authorities = AUDIT_TSA.filter((one) => isAsked || !rests.has(one));
    const tell: Tell = (who, error) => {
      if (error) rests.add(who);
      tellOfAuthority(who, error);
    };
    const given = { sealed, authorities, everyMs, now, tell, signal };
    await readOr(tellOfAuthority, AUDIT_TSA_CERTS, parseCertificates, (trusted) =>
      stamp({ ...given, trusted }, checkpoint),
    );
  };
  return async (checkpoint, given) => {
    await Promise.all([cosigned(checkpoint, given), stamped(checkpoint, given)]);
  };
}

/** An authority that has not stamped is left alone so long, in milliseconds. */
const REST_MS = 60_000;

/** Who rests, and no more when the time is over. */
function restingFor(ms: number) {
  const since = new Map<string, number>();
  return {
    add: (who: string) => void since.set(who, performance.now()),
    has: (who: string) => performance.now() - (since.get(who) ?? -Infinity) < ms,
  };
}

type Tell = (who: string, error: Error | undefined) => void;

/** Works by what a file says, read anew each time; that it can't be read, or its work done, is told under its name. */
async function readOr<T>(
  tell: Tell,
  path: string,
  parse: (text: string) => T,
  work: (read: T) => Promise<void>,
): Promise<void> {
  try {
    await work(parse(await readFile(path, 'utf8')));
    tell(path, undefined);
  } catch (error) {
    tell(path, error as Error);
  }
}

/** Who does not sign is told of once, and when it does again. */
function outcomesTold(log: (isIt: boolean, of: object) => void): Tell {
  const away = new Map<string, string>();
  return (who, error) => {
    if (error === undefined) {
      if (away.delete(who)) log(true, { who });
    } else if (away.get(who) !== error.message) {
      away.set(who, error.message);
      log(false, { who, error: error.message });
    }
  };
}
