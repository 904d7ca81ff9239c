import { Refusal } from '#domain';
import { InvalidConfig, loadConfig, type Config } from '#config';
import type { Outcome, Told } from './outcome.ts';

/** How long open handles may keep a command from ending once its answer is out, in milliseconds. */
const GRACE_MS = 500;

/** Prints what a command found, and has the process end with its status. */
export async function run(
  { json = false }: Told,
  work: (config: Config) => Promise<Outcome>,
): Promise<void> {
  try {
    const outcome = await work(loadConfig(process.env));
    print(outcome, json);
    await end(outcome.status);
  } catch (error) {
    printFailure(error, json);
    await end(2);
  }
}

function print({ lines, json }: Outcome, forMachines: boolean): void {
  const told = forMachines ? json.map((one) => JSON.stringify(one)) : lines;
  for (const line of told) console.log(line);
}

/** In a line: a stack helps nobody at a desk. */
function printFailure(error: unknown, forMachines: boolean): void {
  const message = messageOf(error);
  console.error(forMachines ? JSON.stringify({ error: message }) : message);
}

function messageOf(error: unknown): string {
  if (error instanceof Refusal) return `${error.code} ${JSON.stringify(error.details)}`;
  if (!(error instanceof Error)) return String(error);
  if (isTold(error)) return error.message;
  return `${error.name}: ${error.message}`;
}

/** Errors whose message was written for operators. */
const isTold = (error: Error): boolean =>
  error instanceof InvalidConfig || error instanceof RangeError || error.name !== 'Error';

/** The status of the signal that has told this process to stop. */
let stopped: number | undefined;

/** By itself where it can; soon in any case: a driver's timer or thread is no reason to stay. */
async function end(status: number): Promise<void> {
  process.exitCode = stopped ?? status;
  await Promise.all([process.stdout, process.stderr].map(out));
  setTimeout(() => process.exit(), GRACE_MS).unref();
}

/**
 * When all that was printed has left this process, or its reader has gone: a pipe takes no more at
 * a time than it holds, and the rest would end with the process.
 */
function out(output: NodeJS.WriteStream): Promise<void> {
  if (output.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => output.write('', () => resolve()));
}

let stopping: AbortSignal | undefined;

/**
 * Tells a command that goes on for long when it is to stop: it may tidy up, and is ended within a
 * second if it does not.
 */
export const untilStopped = (): AbortSignal => (stopping ??= onceStopped());

function onceStopped(): AbortSignal {
  const controller = new AbortController();
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      setTimeout(() => process.exit(status), GRACE_MS).unref();
      if (controller.signal.aborted) process.exit(status);
      stopped = status;
      controller.abort();
    });
  }
  return controller.signal;
}
