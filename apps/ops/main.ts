import { Command } from 'commander';
import { InvalidConfig, loadConfig } from '#config';
import { BrokenLogFile, EventStoreUnavailable, OtherEventsThere } from '#event-store';
import { UnreadableEvent } from '#domain';
import { EventFault, NothingAtFault, ReadModelAstray, UnknownProjection } from '#projections';
import { ReadStoreUnavailable } from '#read-store';
import { backup, restore } from './backup/backup.ts';
import { importAgencies, type ImportOptions } from './commands/agencies.ts';
import { exportToFile, importFromFile, protect, type ProtectOptions } from './commands/log.ts';
import {
  listPaused,
  pauseRegister,
  resumeRegisters,
  type PauseOptions,
  type ResumeOptions,
} from './commands/numbering.ts';
import { listProjections, type ListOptions } from './commands/projections.ts';
import { rebuildProjections, rollBack, type RebuildOptions } from './commands/rebuild.ts';
import { retryProjection, skipInProjection, type ResolveOptions } from './commands/resolve.ts';
import { operator } from './operator.ts';
import { printToken } from './commands/token.ts';
import {
  repairProjections,
  verifyProjections,
  type RepairCommand,
  type VerifyCommand,
} from './commands/verify.ts';

/** Operators' and auditors' command line: `npm run ops -- <command>`. */
const program = new Command('ops')
  .description('Vận hành sổ chứng thực điện tử')
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(text) });

program
  .command('projections')
  .description('each projection with position, lag, rate, state, holder and what needs a decision')
  .option('--json', 'for machines: one line for each look')
  .option('--watch [seconds]', 'look again and again; every 2 seconds by default')
  .action(async (options: ListOptions) => {
    await listProjections(loadConfig(process.env), options);
  });

program
  .command('rebuild')
  .description('fill a read model anew from the log, and swap it in; goes on where one was left')
  .argument('[names...]', 'projections to rebuild')
  .option('--all', 'every projection; the log is read once')
  .option('--abort', 'call off a rebuild, wherever it runs or was left')
  .action(async (names: string[], options: RebuildOptions) => {
    process.exitCode = await rebuildProjections(loadConfig(process.env), names, options);
  });

program
  .command('rollback')
  .description('point readers back at the collection before the latest rebuild; again to undo it')
  .argument('<name>')
  .action(async (name: string) => {
    process.exitCode = await rollBack(loadConfig(process.env), name);
  });

program
  .command('verify')
  .description('fold the log beside the read models and print every difference')
  .argument('[names...]', 'projections to verify; all by default')
  .option('--sample <percent>', 'only a share of the documents: 1%')
  .option('--seed <number>', 'which share; by default another one each time')
  .option('--json', 'for machines')
  .action(async (names: string[], options: VerifyCommand) => {
    process.exitCode = await verifyProjections(loadConfig(process.env), names, options);
  });

program
  .command('repair')
  .description('put right exactly those documents that are not what the log makes of them')
  .argument('[names...]', 'projections to repair; all by default')
  .option('--dry-run', 'only print what differs')
  .action(async (names: string[], options: RepairCommand) => {
    process.exitCode = await repairProjections(loadConfig(process.env), names, options);
  });

program
  .command('retry')
  .description('have a projection try again what it stopped at or has set aside')
  .argument('<name>')
  .requiredOption('--reason <text>', 'why; it is recorded')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action(async (name: string, options: ResolveOptions) => {
    process.exitCode = await retryProjection(loadConfig(process.env), name, options);
  });

program
  .command('skip')
  .description('have a projection pass over an event it cannot take, for good')
  .argument('<name>')
  .requiredOption('--reason <text>', 'why; it is recorded')
  .option('--position <position>', 'which, where several are at fault')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action(async (name: string, options: ResolveOptions) => {
    process.exitCode = await skipInProjection(loadConfig(process.env), name, options);
  });

const log = program.command('log').description('the event log as a file');

log
  .command('export')
  .description(
    'write the log to a file (gzip, JSON Lines); run again to go on where it was cut off',
  )
  .argument('<file>')
  .action((file: string) => exportToFile(loadConfig(process.env), file));

log
  .command('import')
  .description('append an exported log to an empty one, keeping order, ids and revisions')
  .argument('<file>')
  .action((file: string) => importFromFile(loadConfig(process.env), file));

log
  .command('protect')
  .description('see to it that nobody but an administrator can delete, truncate or change events')
  .option('--check', 'only say what is missing; answers 1 when something is')
  .option('--within <minutes>', 'how long to look for rules of single streams', '10')
  .action(async (options: ProtectOptions) => {
    process.exitCode = await protect(loadConfig(process.env), options);
  });

program
  .command('backup')
  .description('copy the embedded data while the service runs: log, access records, pictures')
  .argument('<folder>', 'a folder that is not there yet')
  .action(async (folder: string) => {
    const { events, images } = await backup(loadConfig(process.env), folder);
    console.log(`backed up ${events} events and ${images} pictures to ${folder}`);
  });

program
  .command('restore')
  .description('put a backup into a data folder that holds no log')
  .argument('<folder>')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action(async (folder: string, { account }: { account?: string }) => {
    const config = loadConfig(process.env);
    const name = operator(account);
    const restored = await restore(config, folder, { account: name, name });
    const { events, images, createdAt, paused } = restored;
    console.log(`restored ${events} events and ${images} pictures, backed up at ${createdAt}`);
    if (paused === 0) return;
    console.log(`${paused} registers give no number until the last one given is confirmed:`);
    console.log('start the service, then: ops numbering list, ops numbering resume');
  });

const numbering = program
  .command('numbering')
  .description('registers that give no number until an operator has confirmed the last one');

numbering
  .command('list')
  .description(
    'what stands still: last number in the log, last one known beside it, and since when',
  )
  .option('--json', 'for machines')
  .action(async (options: { json?: boolean }) => {
    process.exitCode = await listPaused(loadConfig(process.env), options);
  });

numbering
  .command('pause')
  .description('have one register give no number: its log has lost some, or may have')
  .requiredOption('--agency <code>')
  .requiredOption('--year <year>')
  .option('--type <code>', 'type of register', 'SCTDT.BS')
  .option('--known-last <number>', 'the last number known to have been given')
  .requiredOption('--reason <text>', 'why; it is recorded')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .action(async (options: PauseOptions) => {
    process.exitCode = await pauseRegister(loadConfig(process.env), options);
  });

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
  .action(async (options: ResumeOptions) => {
    process.exitCode = await resumeRegisters(loadConfig(process.env), options);
  });

program
  .command('agencies')
  .description('the directory of agencies')
  .command('import')
  .description('register, and where the file says so retire, many agencies; may be repeated')
  .argument('<file>', 'CSV or JSON: code, name, level [, successor, retiredOn, reason]')
  .option('--account <id>', 'account that is recorded; by default that of the operating system')
  .option('--name <name>', 'the person’s name')
  .action(async (file: string, options: ImportOptions) => {
    process.exitCode = await importAgencies(loadConfig(process.env), file, options);
  });

program
  .command('token')
  .description('print a token of the development issuer')
  .requiredOption('--role <role...>', 'receiving-officer, certifier, clerk, auditor or operator')
  .option('--agency <code...>', 'agency codes; * for every agency (auditors, operators)', [])
  .option('--account <id>', 'account; by default the role’s name')
  .option('--via <id>', 'service account that acts for the person (RFC 8693 act)')
  .option('--name <name>', 'the person’s name')
  .option('--hours <n>', 'how long it is good for', '12')
  .action(async (options: Parameters<typeof printToken>[1]) => {
    await printToken(loadConfig(process.env), options);
  });

// Whoever reads the output may stop reading: `ops … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

program.parseAsync().catch((error: unknown) => {
  const known = [
    InvalidConfig,
    RangeError,
    BrokenLogFile,
    EventStoreUnavailable,
    OtherEventsThere,
    ReadStoreUnavailable,
    NothingAtFault,
    UnknownProjection,
    EventFault,
    ReadModelAstray,
    UnreadableEvent,
  ].some((kind) => error instanceof kind);
  console.error(known ? (error as Error).message : error);
  process.exitCode = 2;
});
