import type { Config } from '#config';
import type { ReadStore } from '#read-store';
import { LogContradicts } from './resume.ts';
import { BadKeyFile } from './keys.ts';
import { keepSealing } from './keep-sealing.ts';
import type { Audit } from './open.ts';

/** Turns at sealing, so that one process of many does it. */
export interface SealingLease {
  readonly isHeld: () => boolean;
  readonly stop: () => Promise<void>;
}

export interface StartSealing {
  readonly audit: Audit;
  readonly config: Pick<Config, 'SEAL_SECONDS'>;
  /** By the engine that also keeps the projections' leases. */
  readonly keepLease: (store: ReadStore, name: string) => Promise<SealingLease>;
  readonly log: (level: 'info' | 'error', message: string, detail: object) => void;
}

/** Seals the log as configured, in turn with other processes, until it is stopped. */
export function startSealing({ audit, config, keepLease, log }: StartSealing): {
  stop(): Promise<void>;
} {
  if (config.SEAL_SECONDS === 0) return { stop: () => Promise.resolve() };
  const stopping = new AbortController();
  const done = keepLease(audit.tlog, 'tlog')
    .then(async (held) => {
      await keepSealing({
        audit,
        intervalMs: config.SEAL_SECONDS * 1000,
        isHolder: held.isHeld,
        signal: stopping.signal,
        onTrouble: (error) => tell(log, error),
      });
      await held.stop();
    })
    .catch((error: unknown) => log('error', 'audit: sealing has ended', { error: String(error) }));
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

function tell(log: StartSealing['log'], error: Error | undefined): void {
  if (error === undefined) {
    log('info', 'audit: the log is sealed again', {});
    return;
  }
  const remedy = remedyOf(error);
  log('error', 'audit: nothing is sealed any more', { error: error.message, remedy });
}

function remedyOf(error: Error): string {
  if (error instanceof LogContradicts) {
    return 'the log was changed or lost events; keep it as it is and see docs/audit.md, "When the alarm goes"';
  }
  if (error instanceof BadKeyFile) return 'see docs/audit.md, "Keys"';
  return 'it is tried again by itself; what stands in the way is said by the error';
}
