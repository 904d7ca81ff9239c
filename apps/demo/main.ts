import { Command } from 'commander';
import { InvalidConfig, loadConfig, maskOutput } from '#config';
import { playDemo } from './demo.ts';

/** The guide played on its day: `npm run demo`. */
const program = new Command('demo')
  .description('play the guide on its day: book, numbers, signature, seal, closing')
  .option('--url <url>', 'a running service with this DATA_DIR; by default one of its own')
  .showHelpAfterError()
  .action(async (options: { url?: string }) => {
    process.exitCode = await playDemo(loadConfig(process.env), options);
  });

maskOutput();
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof InvalidConfig ? error.message : error);
  process.exitCode = 2;
});
