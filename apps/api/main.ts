import { inspect } from 'node:util';
import { InvalidConfig, loadConfig, maskOutput } from '#config';
import { EventStoreRefuses } from '#event-store';
import { UnknownProjection } from '#projections';
import { startApi } from './app.ts';

async function main(): Promise<void> {
  const api = await startApi(loadConfig(process.env));
  const stop = (): void => {
    api.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** What is wrong with the settings or their surroundings is told in a line; a fault of the program whole. */
const isTold = (error: unknown): error is Error =>
  error instanceof InvalidConfig ||
  error instanceof EventStoreRefuses ||
  error instanceof UnknownProjection ||
  (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

maskOutput();
main().catch((error: unknown) => {
  console.error(isTold(error) ? error.message : inspect(error));
  process.exit(1);
});
