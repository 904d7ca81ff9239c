import { inspect } from 'node:util';
import { withoutPasswords } from './without-passwords.ts';

/**
 * From here on no password of a connection string leaves this process by `outputs`, whoever writes:
 * log lines (pino takes standard output as it finds it), `console`, a library's warning, an error
 * that nobody caught. Of the last two Node would tell past every stream, so they are told here.
 */
export function maskOutput(
  outputs: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr],
): void {
  const shown = withoutPasswords();
  for (const output of outputs) {
    const write = output.write.bind(output) as (...given: unknown[]) => boolean;
    output.write = (chunk: unknown, ...rest: unknown[]) =>
      write(typeof chunk === 'string' ? shown(chunk) : chunk, ...rest);
    // Whoever reads may stop reading: no reason for a service to end.
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  // Node's own listener; `--no-warnings` has it not be there.
  if (process.listenerCount('warning') > 0) {
    process.removeAllListeners('warning');
    process.on('warning', ({ name, message }) => console.error(`${name}: ${message}`));
  }
  process.on('uncaughtException', (error) => {
    console.error(inspect(error));
    process.exit(1);
  });
}
