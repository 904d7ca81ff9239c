import { InvalidConfig, loadConfig } from '#config';
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

main().catch((error: unknown) => {
  console.error(error instanceof InvalidConfig ? error.message : error);
  process.exit(1);
});
