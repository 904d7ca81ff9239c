import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Starts a program of this repository, from its TypeScript source or as it was built, as a process of
 * its own, which does not outlive the one that started it.
 */
export function startProcess(
  entry: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const isSource = entry.endsWith('.ts');
  const loader = isSource ? ['--conditions=source', '--import', './test/support/run-ts.mjs'] : [];
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...loader, entry, ...args], {
    cwd: root,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

/** Waits for its end. Answers its exit status and all it wrote. */
export async function output(
  child: ChildProcess,
): Promise<{ readonly status: number | null; readonly text: string }> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(child, 'close');
  return { status: child.exitCode, text };
}

/** Ends it without warning, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
