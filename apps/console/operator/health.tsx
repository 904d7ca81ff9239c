import { useQuery } from '@tanstack/react-query';
import { PortalProblem } from '#client';
import { portal } from '../api/portal.ts';
import { useWords } from '../words/words.tsx';

const EVERY_MS = 5000;

/** Whether commands can be carried out and lists read. */
export function Health() {
  const words = useWords();
  const { data } = useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }) => ({
      commands: await isUp(() => portal.checkReadyForCommands({ signal })),
      reads: await isUp(() => portal.checkReadyForReads({ signal })),
    }),
    refetchInterval: EVERY_MS,
  });
  if (!data) return null;
  return (
    <p className="row">
      {(['commands', 'reads'] as const).map((part) => (
        <span key={part} className={data[part] ? 'chip good' : 'chip bad'}>
          {words.operator[part]}: {data[part] ? words.operator.up : words.operator.down}
        </span>
      ))}
    </p>
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
