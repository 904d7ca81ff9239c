import type { Command } from 'commander';
import type { PrintOptions } from './commands/print.ts';
import type { Told } from './outcome.ts';
import { run } from './run.ts';

const printing = () => import('./commands/print.ts');

/** `ops print`: a register on paper. */
export function addPrint(program: Command): void {
  program
    .command('print')
    .description('print a register: PDF, XLSX or CSV, by the file’s ending; recorded by its hash')
    .argument('<file>', 'so.pdf, so.xlsx or so.csv')
    .requiredOption('--agency <code>')
    .requiredOption('--year <year>')
    .option('--type <code>', 'type of register', 'SCTDT.BS')
    .option('--book <id>', 'one book; by default the whole year, merged')
    .option('--month <month>', 'one month: 2024-05')
    .option('--revision <n>', 'the register as it was at this revision; by default as it is')
    .option('--account <id>', 'account that is recorded; by default that of the operating system')
    .action((file: string, options: PrintOptions & Told) =>
      run(options, async (config) => (await printing()).printToFile(config, file, options)),
    );
}
