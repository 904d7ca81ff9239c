import { EventStoreUnavailable } from '#event-store';
import { ReadStoreUnavailable } from '#read-store';
import { rested } from '#threads';
import type { Audit } from './open.ts';
import type { Sealed } from './sealed-log.ts';
import { SealedElsewhere } from './turn.ts';

export interface KeepSealing {
  readonly audit: Pick<Audit, 'sealed' | 'sealer' | 'attest'>;
  readonly intervalMs: number;
  /** Whether it is this process that seals now. */
  readonly isHolder: () => boolean;
  readonly signal: AbortSignal;
  /** Told once, until it is another, why nothing is sealed any more; and when it is sealed again. */
  readonly onTrouble: (error: Error | undefined) => void;
}

/** Seals the log again and again until told to stop. A store that is away is waited for. */
export async function keepSealing(keeping: KeepSealing): Promise<void> {
  const { audit, intervalMs, isHolder, signal, onTrouble } = keeping;
  const { sealed, sealer } = audit;
  let trouble: string | undefined = await sealed.stopped().catch(() => undefined);
  const tell = (error: Error | undefined): void => {
    if (error?.message === trouble) return;
    trouble = error?.message;
    onTrouble(error);
    // For health; where it cannot be written the log line has said it.
    sealed.setStopped(trouble).catch(() => undefined);
  };
  const attesting = attestingBeside(audit, signal);
  const sealOnce = async (): Promise<void> => {
    const checkpoint = await sealer.sealGrown(signal);
    if (checkpoint && !signal.aborted) attesting.begin(checkpoint);
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
    await rested(intervalMs, signal);
  }
  await attesting.done();
}

/** Others are asked beside the sealing, one checkpoint at a time: however long they take, the log is sealed. */
function attestingBeside({ attest }: KeepSealing['audit'], signal: AbortSignal) {
  let under: Promise<void> | undefined;
  return {
    begin: (checkpoint: Sealed): void => {
      under ??= attest(checkpoint, { signal }).finally(() => (under = undefined));
    },
    done: async (): Promise<void> => under,
  };
}

/** An outage is told of by who looks after it. */
const isPassing = (error: unknown): boolean =>
  error instanceof EventStoreUnavailable ||
  error instanceof ReadStoreUnavailable ||
  error instanceof SealedElsewhere;
