import { PortalProblem, PortalUnreachable } from '#client';
import { useWords } from '../words/words.tsx';
import { Button } from './button.tsx';

interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Why something was not done or cannot be shown: in the service's own words where it answered. */
export function Failure({ error, onRetry }: FailureProps) {
  const words = useWords();
  if (error === undefined || error === null) return null;
  const isRefused = error instanceof PortalProblem;
  const text = isRefused
    ? error.detail
    : error instanceof PortalUnreachable
      ? words.unreachable
      : words.failed;
  return (
    <div className="notice bad" role="alert">
      {isRefused && <strong>{error.title}</strong>}
      <p>{text}</p>
      {isRefused && error.instance !== '' && (
        <p className="hint">{words.requestId(error.instance)}</p>
      )}
      {onRetry && (
        <div className="row">
          <Button onClick={onRetry}>{words.retry}</Button>
        </div>
      )}
    </div>
  );
}
