import { useQuery } from '@tanstack/react-query';
import { PortalProblem } from '#client';
import { portal } from '../api/portal.ts';
import { useWords } from '../words/words.tsx';

const EVERY_MS = 5000;
/** Later than this no answer is waited for: a line that is dead never gives one. */
const LATEST_MS = 5000;

/** Whether commands can be carried out and lists read. */
export function Health() {
  const { operator } = useWords();
  const { data, error } = useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }) => ({
      commands: await isUp(() => portal.checkReadyForCommands({ signal, timeoutMs: LATEST_MS })),
      reads: await isUp(() => portal.checkReadyForReads({ signal, timeoutMs: LATEST_MS })),
    }),
    refetchInterval: EVERY_MS,
  });
  if (!data && !error) return null;
  // What was so before the service could not be asked any more is not known to be so now.
  const now = error ? undefined : data;
  return (
    <p className="row">
      {(['commands', 'reads'] as const).map((part) => (
        <Part key={part} name={operator[part]} up={now?.[part]} />
      ))}
    </p>
  );
}

interface PartProps {
  readonly name: string;
  /** Undefined: nobody knows. */
  readonly up: boolean | undefined;
}

function Part({ name, up }: PartProps) {
  const { operator } = useWords();
  if (up === undefined) return <span className="chip warn">{`${name}: ${operator.unknown}`}</span>;
  return (
    <span className={up ? 'chip good' : 'chip bad'}>
      {name}: {up ? operator.up : operator.down}
    </span>
  );
}

async function isUp(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof PortalProblem && error.status === 503) return false;
    throw error;
  }
}
