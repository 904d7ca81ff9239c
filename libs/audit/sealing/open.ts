import { readFile } from 'node:fs/promises';
import { auditKeysPath, type Config } from '#config';
import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
import { parsePolicy } from '../proofs/index.ts';
import {
  BadKeyFile,
  ensureKeys,
  lastSignedBeside,
  readKeys,
  type LastSigned,
  type SigningKeys,
} from './keys.ts';
import { LogProofs, type ProofSources } from './log-proofs.ts';
import { SealedLog, type Sealed } from './sealed-log.ts';
import { Sealer } from './sealer.ts';
import { cosign } from './witnesses.ts';

/** A log, what was sealed of it, and the keys of this process. */
export interface SealedSources {
  readonly config: Pick<Config, 'AUDIT_KEYS' | 'AUDIT_ORIGIN' | 'AUDIT_POLICY' | 'DATA_DIR'>;
  readonly eventStore: EventStore;
  /** Where what was sealed is kept. */
  readonly tlog: ReadStore;
  readonly log: (message: string, detail: object) => void;
  readonly now: () => Date;
}

/** All there is to seal with, and to prove by. */
export interface Audit {
  /** Where all of it is kept. */
  readonly tlog: ReadStore;
  readonly sealed: SealedLog;
  readonly proofs: LogProofs;
  readonly sealer: Sealer;
  readonly sources: ProofSources;
  readonly lastSigned: LastSigned;
  /** The keys of this process; made where there are none. */
  readonly keys: () => Promise<SigningKeys>;
  /** The same, where there are any. @throws BadKeyFile */
  readonly knownKeys: () => SigningKeys | undefined;
  /** Has the configured witnesses cosign a checkpoint. @throws BrokenProof the policy cannot be read */
  readonly witnessed: (checkpoint: Sealed) => Promise<void>;
}

export function openAudit(opened: SealedSources): Audit {
  const { config, eventStore, tlog, log, now } = opened;
  const sealed = new SealedLog(tlog);
  const path = auditKeysPath(config);
  const keys = (isFirst = true): Promise<SigningKeys> =>
    isFirst ? ensureKeys(path, now(), config.AUDIT_ORIGIN) : keptKeys(path);
  const lastSigned = lastSignedBeside(path);
  // Streams of others are none of ours.
  const sources = { eventStore, sealed, prefixes: streamPrefixes };
  const proofs = new LogProofs(sources);
  const tell = outcomesTold(log);
  return {
    tlog,
    sealed,
    proofs,
    sealer: new Sealer({ ...sources, keys, lastSigned, log, now }),
    sources,
    lastSigned,
    keys,
    knownKeys: () => readKeys(path),
    witnessed: async (checkpoint) => {
      if (config.AUDIT_POLICY === undefined) return;
      const policy = parsePolicy(await readFile(config.AUDIT_POLICY, 'utf8'));
      await cosign({ proofs, sealed, policy, tell }, checkpoint);
    },
  };
}

/** @throws BadKeyFile they are gone */
function keptKeys(path: string): Promise<SigningKeys> {
  const kept = readKeys(path);
  if (!kept)
    throw new BadKeyFile(`${path} is not there, and the log was sealed with it: put it back`);
  return Promise.resolve(kept);
}

/** A witness that does not cosign is told of once, and when it does again. */
function outcomesTold(log: SealedSources['log']) {
  const away = new Set<string>();
  return (witness: string, error: Error | undefined): void => {
    if (error === undefined) {
      if (away.delete(witness)) log('a witness cosigns again', { witness });
    } else if (!away.has(witness)) {
      away.add(witness);
      log('a witness does not cosign', { witness, error: error.message });
    }
  };
}
