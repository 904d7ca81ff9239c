import { auditKeysPath, type Config } from '#config';
import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
import { createAttest, type Attest, type AttestConfig } from './attest.ts';
import {
  BadKeyFile,
  ensureKeys,
  fsckBeside,
  lastSignedBeside,
  readKeys,
  type KeptNote,
  type LastSigned,
  type SigningKeys,
} from './keys.ts';
import { LogProofs, type ProofSources } from './log-proofs.ts';
import { RegisterDocuments } from './register-documents.ts';
import { SealedLog } from './sealed-log.ts';
import { Sealer } from './sealer.ts';

export type AuditConfig = AttestConfig & Pick<Config, 'AUDIT_KEYS' | 'AUDIT_ORIGIN' | 'DATA_DIR'>;

/** A log, what was sealed of it, and the keys of this process. */
export interface SealedSources {
  readonly config: AuditConfig;
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
  readonly documents: RegisterDocuments;
  readonly sealer: Sealer;
  readonly sources: ProofSources;
  readonly lastSigned: LastSigned;
  /** How far an `fsck` had come. */
  readonly fsckKept: KeptNote;
  /** The keys of this process; made where there are none. */
  readonly keys: () => Promise<SigningKeys>;
  /** The same, where there are any. @throws BadKeyFile */
  readonly knownKeys: () => SigningKeys | undefined;
  /** Has others sign a checkpoint, as configured; never rejects: who does not is told of. */
  readonly attest: Attest;
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
  const knownKeys = (): SigningKeys | undefined => readKeys(path);
  return {
    tlog,
    sealed,
    proofs,
    documents: new RegisterDocuments({ ...sources, proofs, knownKeys }),
    sealer: new Sealer({ ...sources, keys, lastSigned, log, now }),
    sources,
    lastSigned,
    fsckKept: fsckBeside(path),
    keys,
    knownKeys,
    attest: createAttest({ config, proofs, sealed, log, now }),
  };
}

/** @throws BadKeyFile they are gone */
function keptKeys(path: string): Promise<SigningKeys> {
  const kept = readKeys(path);
  if (!kept)
    throw new BadKeyFile(`${path} is not there, and the log was sealed with it: put it back`);
  return Promise.resolve(kept);
}
