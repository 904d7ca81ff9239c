import type { Command } from 'commander';
import type { BundleOptions, FsckOptions, RotateOptions } from './commands/audit.ts';
import type { ProveOptions } from './commands/prove.ts';
import type { Told } from './outcome.ts';
import { run } from './run.ts';

const audit = () => import('./commands/audit.ts');

/** `ops audit …` */
export function addAudit(program: Command): void {
  const sealed = program
    .command('audit')
    .description('the log as it was sealed: keys, checkpoints, proofs, bundles');

  addKeys(sealed);

  sealed
    .command('checkpoint')
    .description('seal the log up to its last event, and print the signed checkpoint')
    .action((options: Told) => run(options, async (config) => (await audit()).checkpoint(config)));

  sealed
    .command('bundle')
    .description('write what an auditor verifies without us: npx so-chung-thuc-verify <file>')
    .argument('<file>', 'JSON Lines; with gzip where the name ends in .gz')
    .option('--agency <code>', 'what is of one agency')
    .option('--type <code>', 'with --agency and --year: one register')
    .option('--year <year>', 'the registers of a year')
    .option('--no-images', 'without the pictures')
    .action((file: string, options: BundleOptions & Told) =>
      run(options, async (config) => (await audit()).writeBundle(config, file, options)),
    );

  addProve(sealed);

  sealed
    .command('fsck')
    .description('hold the whole log against what was sealed; where all is well an alarm ends')
    .option('--anew', 'from the first event on, though one that was ended before had come far')
    .action((options: FsckOptions & Told) =>
      run(options, async (config) => (await audit()).check(config, options)),
    );
}

function addProve(sealed: Command): void {
  sealed
    .command('prove')
    .description(
      'that an event is in the sealed log, whether a number or a document was ever given one, or that a checkpoint continues another',
    )
    .option('--stream <name>', 'with --revision: an event')
    .option('--revision <n>')
    .option('--agency <code>', 'with --year and --number: a number')
    .option('--type <code>', 'type of register', 'SCTDT.BS')
    .option('--year <year>')
    .option('--number <n>')
    .option('--dossier <text>', 'with --agency, --year and --document: a document')
    .option('--document <n>', 'which document of the dossier, from 1')
    .option('--older <size>', 'that the latest checkpoint, or --newer, continues this one')
    .option('--newer <size>')
    .action((options: ProveOptions & Told) =>
      run(options, async (config) => (await import('./commands/prove.ts')).prove(config, options)),
    );
}

function addKeys(sealed: Command): void {
  const auditKey = sealed.command('key').description('the keys that sign checkpoints');

  auditKey
    .command('new')
    .description('make the first key of this log, where there is none yet')
    .action((options: Told) => run(options, async (config) => (await audit()).newKey(config)));

  auditKey
    .command('show')
    .description('the public keys, for those who verify')
    .action((options: Told) => run(options, async (config) => (await audit()).showKeys(config)));

  auditKey
    .command('rotate')
    .description('have a new key sign beside the older ones; then, known to everybody, alone')
    .option('--retire-older', 'let all but the newest sign no more')
    .action((options: RotateOptions & Told) =>
      run(options, async (config) => (await audit()).rotateKey(config, options)),
    );
}
