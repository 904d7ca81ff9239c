import type { Command } from 'commander';
import type { AsOfOptions, DifferenceOptions } from './commands/as-of.ts';
import type { ReplayOptions } from './commands/replay.ts';
import type { Told } from './outcome.ts';
import { run } from './run.ts';

const MOMENT = 'a revision, checkpoint:<size>, a day or an instant';
const asOf = () => import('./commands/as-of.ts');

/** `ops replay`, `ops as-of`, `ops difference` */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('each event of a stream: when, who, what, and the state after it, changes marked')
    .requiredOption('--stream <name>', 'as the history names it: register-BK-001-SCTDT.BS-2024')
    .option('--from <revision>', 'the first event told', '0')
    .option('--until <moment>', MOMENT)
    .option('--step', 'wait for Enter behind each')
    .action((options: ReplayOptions & Told) =>
      run(options, async (config) =>
        (await import('./commands/replay.ts')).replayStream(config, options),
      ),
    );

  ofThing(program.command('as-of').description('what a thing was at a moment, from the log alone'))
    .requiredOption('--at <moment>', MOMENT)
    .action((options: AsOfOptions & Told) =>
      run(options, async (config) => (await asOf()).showAsOf(config, options)),
    );

  ofThing(program.command('difference').description('what of a thing differs between two moments'))
    .requiredOption('--from <moment>', MOMENT)
    .requiredOption('--to <moment>')
    .action((options: DifferenceOptions & Told) =>
      run(options, async (config) => (await asOf()).showDifference(config, options)),
    );
}

const ofThing = (command: Command): Command =>
  command
    .requiredOption(
      '--stream <name>',
      'as the history names it; by itself an agency, or a numbering',
    )
    .option('--book <id>', 'a book of the register')
    .option('--number <n>', 'with --book: one of its numbers')
    .option('--id <id>', 'of a signature or seal')
    .option('--list', 'all of the stream: its books, signatures or seals; with --book its numbers')
    .option(
      '--first <n>',
      'with --list and --book: from this number on; by default from the first one of the book',
    )
    .option('--limit <n>', 'with --list and --book: so many numbers', '50');
