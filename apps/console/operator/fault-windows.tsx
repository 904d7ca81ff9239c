import { portal } from '../api/portal.ts';
import { ReasonedAct } from '../parts/reasoned-act.tsx';
import { say } from '../parts/toasts.tsx';
import { useWords } from '../words/words.tsx';

type Path = Parameters<typeof portal.retryProjection>[0];

interface FaultProps {
  readonly name: string;
  /** Of the event to be skipped; undefined: whatever is at fault is tried again. */
  readonly position: string | undefined;
  readonly onClose: () => void;
}

/** Tries again what a read model could not take, or passes over an event for good. */
export function FaultWindow({ name, position, onClose }: FaultProps) {
  const words = useWords();
  const path = { projection: name } as Path;
  const { retry, skip, whatRetry, whatSkip } = words.operator;
  const isSkip = position !== undefined;
  return (
    <ReasonedAct
      title={`${isSkip ? skip : retry}: ${name}`}
      what={isSkip ? whatSkip : whatRetry}
      act={isSkip ? skip : retry}
      onClose={onClose}
      run={({ reason }, options) =>
        isSkip
          ? portal.skipProjectionEvent(path, { reason, position }, options)
          : portal.retryProjection(path, { reason }, options)
      }
      onDone={() => say(words.operator.decided)}
    />
  );
}
