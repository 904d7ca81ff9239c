import type { Command } from 'commander';
import type { ReportOptions } from './commands/report.ts';
import type { Told } from './outcome.ts';
import { run } from './run.ts';

const reporting = () => import('./commands/report.ts');

/** `ops report`: what was certified in a period. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('what was certified in a period: copies, electronic copies apart, matters, fees')
    .requiredOption('--year <year>')
    .requiredOption('--period <code>', 'half-year, year, full-year, or a month: 05')
    .option('--agency <code>', 'of one agency; by default the sum of all, a line for each')
    .option('--under <code>', 'the sum of this agency and those below it: H55, H55.1, …')
    .option('--by <what>', 'one agency’s, told apart by type, book, signer or month', 'type')
    .option('--xlsx <file>', 'as a workbook, too')
    .action((options: ReportOptions & Told) =>
      run(options, async (config) => (await reporting()).printReport(config, options)),
    );
}
