import { Command, CommanderError } from 'commander';
import { maskOutput } from '#config';
import type { ImportOptions } from './commands/agencies.ts';
import type { ProtectOptions } from './commands/log.ts';
import type { PauseOptions, ResumeOptions } from './commands/numbering.ts';
import type { ListOptions } from './commands/projections.ts';
import type { RebuildOptions } from './commands/rebuild.ts';
import type { ResolveOptions } from './commands/resolve.ts';
import type { TokenOptions } from './commands/token.ts';
import type { RepairCommand, VerifyCommand } from './commands/verify.ts';
import type { Told } from './outcome.ts';
import { addAudit } from './audit-commands.ts';
import { addHistory } from './history-commands.ts';
import { addPrint } from './print-command.ts';
import { addReplay } from './replay-command.ts';
import { addReport } from './report-command.ts';
import { run } from './run.ts';
import { addWebhooks } from './webhook-commands.ts';

// Each with what it alone needs, when it is asked for: a token does not wait for the drivers of databases.
const agencies = () => import('./commands/agencies.ts');
const backup = () => import('./commands/backup.ts');
const logCommands = () => import('./commands/log.ts');
const numberingCommands = () => import('./commands/numbering.ts');
const projections = () => import('./commands/projections.ts');
const rebuild = () => import('./commands/rebuild.ts');
const resolve = () => import('./commands/resolve.ts');
const token = () => import('./commands/token.ts');
const verify = () => import('./commands/verify.ts');

/** Operators' and auditors' command line: `npm run ops -- <command>`. */
const program = new Command('ops')
  .description('Vận hành sổ chứng thực điện tử')
  .showHelpAfterError()
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text) });

program
  .command('projections')
  .description('each projection with position, lag, rate, state, holder and what needs a decision')
  .option('--watch [seconds]', 'look again and again; every 2 seconds by default')
  .action((options: ListOptions & Told) =>
    run(options, async (config) => (await projections()).listProjections(config, options)),
  );

program
  .command('rebuild')
  .description('fill a read model anew from the log, and swap it in; goes on where one was left')
  .argument('[names...]', 'projections to rebuild')
  .option('--all', 'every projection; the log is read once')
  .option('--abort', 'call off a rebuild, wherever it runs or was left')
  .action((names: string[], options: RebuildOptions & Told) =>
    run(options, async (config) => (await rebuild()).rebuildProjections(config, names, options)),
  );

program
  .command('rollback')
  .description('point readers back at the collection before the latest rebuild; again to undo it')
  .argument('<name>')
  .action((name: string, options: Told) =>
    run(options, async (config) => (await rebuild()).rollBack(config, name)),
  );

program
  .command('verify')
  .description(
    'fold the log beside the read models, look at the pictures, and print every difference',
  )
  .argument('[names...]', 'projections to verify; all by default')
  .option('--sample <percent>', 'only a share of the documents: 1%')
  .option('--seed <number>', 'which share; by default another one each time')
  .action((names: string[], options: VerifyCommand & Told) =>
    run(options, async (config) => (await verify()).verifyProjections(config, names, options)),
  );

program
  .command('repair')
  .description('put right exactly those documents that are not what the log makes of them')
  .argument('[names...]', 'projections to repair; all by default')
  .option('--dry-run', 'only print what differs')
  .action((names: string[], options: RepairCommand & Told) =>
    run(options, async (config) => (await verify()).repairProjections(config, names, options)),
  );

program
  .command('retry')
  .description('have a projection try again what it stopped at or has set aside')
  .argument('<name>')
  .requiredOption('--reason <text>', 'why; it is recorded')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action((name: string, options: ResolveOptions & Told) =>
    run(options, async (config) => (await resolve()).retryProjection(config, name, options)),
  );

program
  .command('skip')
  .description('have a projection pass over an event it cannot take, for good')
  .argument('<name>')
  .requiredOption('--reason <text>', 'why; it is recorded')
  .option('--position <position>', 'which, where several are at fault')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action((name: string, options: ResolveOptions & Told) =>
    run(options, async (config) => (await resolve()).skipInProjection(config, name, options)),
  );

const log = program.command('log').description('the event log as a file');

log
  .command('export')
  .description(
    'write the log to a file (gzip, JSON Lines); run again to go on where it was cut off',
  )
  .argument('<file>')
  .action((file: string, options: Told) =>
    run(options, async (config) => (await logCommands()).exportToFile(config, file)),
  );

log
  .command('import')
  .description('append an exported log to an empty one, keeping order, ids and revisions')
  .argument('<file>')
  .action((file: string, options: Told) =>
    run(options, async (config) => (await logCommands()).importFromFile(config, file)),
  );

log
  .command('protect')
  .description('see to it that nobody but an administrator can delete, truncate or change events')
  .option('--check', 'only say what is missing; answers 1 when something is')
  .option('--within <minutes>', 'how long to look for rules of single streams', '10')
  .action((options: ProtectOptions & Told) =>
    run(options, async (config) => (await logCommands()).protect(config, options)),
  );

program
  .command('backup')
  .description('copy the embedded data while the service runs: log, access records, pictures')
  .argument('<folder>', 'a folder that is not there yet, or one with a backup that was cut off')
  .action((folder: string, options: Told) =>
    run(options, async (config) => (await backup()).backUp(config, folder)),
  );

program
  .command('restore')
  .description('put a backup into a data folder that holds no log')
  .argument('<folder>')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action((folder: string, options: Told & { account?: string }) =>
    run(options, async (config) => (await backup()).putBack(config, folder, options)),
  );

addAudit(program);
addReplay(program);
addPrint(program);
addReport(program);
addHistory(program);
addWebhooks(program);

const numbering = program
  .command('numbering')
  .description('registers that give no number until an operator has confirmed the last one');

numbering
  .command('list')
  .description(
    'what stands still: last number in the log, last one known beside it, and since when',
  )
  .action((options: Told) =>
    run(options, async (config) => (await numberingCommands()).listPaused(config)),
  );

numbering
  .command('pause')
  .description('have one register give no number: its log has lost some, or may have')
  .requiredOption('--agency <code>')
  .requiredOption('--year <year>')
  .option('--type <code>', 'type of register', 'SCTDT.BS')
  .option('--known-last <number>', 'the last number known to have been given')
  .requiredOption('--reason <text>', 'why; it is recorded')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action((options: PauseOptions & Told) =>
    run(options, async (config) => (await numberingCommands()).pauseRegister(config, options)),
  );

numbering
  .command('resume')
  .description('confirm the last number given; those behind the log’s are recorded as lost')
  .option('--all', 'every register that is paused, with the last number proposed for it')
  .option('--agency <code>')
  .option('--year <year>')
  .option('--type <code>', 'type of register', 'SCTDT.BS')
  .option('--last <number>', 'the last number given; 0 when none was')
  .requiredOption('--reason <text>', 'how it is known; it is recorded')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action((options: ResumeOptions & Told) =>
    run(options, async (config) => (await numberingCommands()).resumeRegisters(config, options)),
  );

program
  .command('agencies')
  .description('the directory of agencies')
  .command('import')
  .description('register, and where the file says so retire, many agencies; may be repeated')
  .argument(
    '<file>',
    'CSV or JSON: code, name, level [, identifier, statisticalCode, successor, retiredOn, reason]',
  )
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .option('--name <name>', 'the person’s name')
  .action((file: string, options: ImportOptions & Told) =>
    run(options, async (config) => (await agencies()).importAgencies(config, file, options)),
  );

program
  .command('token')
  .description('print a token of the development issuer')
  .requiredOption('--role <role...>', 'receiving-officer, certifier, clerk, auditor or operator')
  .option('--agency <code...>', 'agency codes; * for every agency (auditors, operators)', [])
  .option('--account <id>', 'account; by default the role’s name')
  .option('--via <id>', 'service account that acts for the person (RFC 8693 act)')
  .option('--name <name>', 'the person’s name')
  .option('--hours <n>', 'how long it is good for', '12')
  .action((options: TokenOptions & Told) =>
    run(options, async (config) => (await token()).tokenFor(config, options)),
  );

// Whoever reads the output may stop reading: `ops … | head`. What was found by then stays the status.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

/** Every command that does something can say it to machines. */
function forMachinesToo(command: Command): void {
  if (command.commands.length === 0) command.option('--json', 'for machines: lines of JSON');
  command.commands.forEach(forMachinesToo);
}

maskOutput();
forMachinesToo(program);
program.parseAsync().catch((error: unknown) => {
  // A wrong option was told by commander itself; help that was asked for is no failure.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
});
