import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreUnavailable } from '#event-store';
import { ReadStoreUnavailable } from '#read-store';
import type { Sealed } from './sealed-log.ts';
import { SealedElsewhere } from './turn.ts';
import { Sealer, type Sealing } from './sealer.ts';

export interface KeepSealing extends Sealing {
  readonly intervalMs: number;
  /** Whether it is this process that seals now. */
  readonly isHolder: () => boolean;
  readonly signal: AbortSignal;
  /** Has a checkpoint cosigned. */
  readonly witnessed: (checkpoint: Sealed) => Promise<void>;
  /** Told once, until it is another, why nothing is sealed any more; and when it is sealed again. */
  readonly onTrouble: (error: Error | undefined) => void;
}

/** Seals the log again and again until told to stop. A store that is away is waited for. */
export async function keepSealing(keeping: KeepSealing): Promise<void> {
  const { sealed, intervalMs, isHolder, signal, onTrouble, witnessed } = keeping;
  const sealer = new Sealer(keeping);
  let trouble: string | undefined = await sealed.stopped().catch(() => undefined);
  const tell = (error: Error | undefined): void => {
    if (error?.message === trouble) return;
    trouble = error?.message;
    onTrouble(error);
    // For health; where it cannot be written the log line has said it.
    sealed.setStopped(trouble).catch(() => undefined);
  };
  const sealOnce = async (): Promise<void> => {
    const checkpoint = await sealer.seal();
    if (checkpoint) await witnessed(checkpoint);
  };
  while (!signal.aborted) {
    if (isHolder()) {
      await sealOnce().then(
        () => tell(undefined),
        (error: unknown) => {
          if (!isPassing(error) && !signal.aborted) tell(error as Error);
        },
      );
    }
    await delay(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

/** An outage is told of by who looks after it. */
const isPassing = (error: unknown): boolean =>
  error instanceof EventStoreUnavailable ||
  error instanceof ReadStoreUnavailable ||
  error instanceof SealedElsewhere;
