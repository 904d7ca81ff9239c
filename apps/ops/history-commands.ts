import type { Command } from 'commander';
import type { CausationOptions, HistoryOptions } from './commands/history.ts';
import type { Told } from './outcome.ts';
import { run } from './run.ts';

const history = () => import('./commands/history.ts');

/** `ops history`, `ops causation` */
export function addHistory(program: Command): void {
  program
    .command('history')
    .description('what happened in an agency, from a day on or within days, page by page')
    .requiredOption('--agency <code>')
    .option('--correlation <id>', 'of one request (X-Correlation-Id)')
    .option('--causation <id>', 'of one command')
    .option('--account <id>')
    .option('--type <event>', 'as the history names it: EntryCorrected')
    .option('--number <n>', 'of one number, in every book and year')
    .option('--dossier <text>')
    .option('--from <moment>', 'a day or an instant')
    .option('--to <moment>', 'a day, which is meant whole, or an instant')
    .option('--start-at <moment>', 'begin there, in the order of the log')
    .option('--newest-first', 'backwards; with --start-at, from what lies before')
    .option('--limit <n>', 'lines at once', '50')
    .option('--after <cursor>', 'as the page before has said')
    .action((options: HistoryOptions & Told) =>
      run(options, async (config) => (await history()).listHistory(config, options)),
    );

  program
    .command('causation')
    .description('what one request has led to: its commands, and the events of each')
    .argument('<correlation>', 'X-Correlation-Id of the request')
    .requiredOption('--agency <code>')
    .action((correlation: string, options: CausationOptions & Told) =>
      run(options, async (config) => (await history()).showCausation(config, correlation, options)),
    );
}
