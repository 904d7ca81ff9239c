import type { Command } from 'commander';
import type { ReplayOptions } from './commands/replay.ts';
import type { Told } from './outcome.ts';
import { run } from './run.ts';

/** `ops replay` */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('each event of a stream: when, who, what, and the state after it, changes marked')
    .requiredOption('--stream <name>', 'as the history names it: register-BK-001-SCTDT.BS-2024')
    .option('--from <revision>', 'the first event told', '0')
    .option('--until <moment>', 'a revision, a day or an instant')
    .option('--step', 'wait for Enter behind each')
    .action((options: ReplayOptions & Told) =>
      run(options, async (config) =>
        (await import('./commands/replay.ts')).replayStream(config, options),
      ),
    );
}
