import type { Command } from 'commander';
import type { LetterOptions } from './commands/webhook-lines.ts';
import type {
  EditOptions,
  ReasonOptions,
  ResumeOptions,
  RotateOptions,
  SubscribeOptions,
} from './commands/webhooks.ts';
import type { Told } from './outcome.ts';
import { run } from './run.ts';

const webhooks = () => import('./commands/webhooks.ts');
const lines = () => import('./commands/webhook-lines.ts');

const ID = 'its name, or its id or how that begins';

/** Who says so and why goes with every decision. */
const reasoned = (command: Command): Command =>
  command
    .requiredOption('--reason <text>', 'why; it is recorded')
    .option('--account <id>', 'account that is recorded; by default that of the operating system');

/** `ops webhooks …` */
export function addWebhooks(program: Command): void {
  const all = program
    .command('webhooks')
    .description('who is sent events, how far each has come, and what was not taken');
  addLooking(all);
  addSubscribing(all);
  addDeciding(all);
  addLetters(all);
}

function addLooking(all: Command): void {
  all
    .command('list')
    .description('each subscription: where to, how its line stands, dead letters')
    .option('--all', 'those that have ended, too')
    .action((options: { all?: boolean } & Told) =>
      run(options, async (config) => (await lines()).list(config, options)),
    );
  all
    .command('show')
    .description('one subscription: what its receiver last said, and its dead letters')
    .argument('<webhook>', ID)
    .action((id: string, options: Told) =>
      run(options, async (config) => (await lines()).show(config, id)),
    );
}

function addSubscribing(all: Command): void {
  all
    .command('subscribe')
    .description('have events sent to an address; prints the secret they are signed with, once')
    .requiredOption('--url <address>', 'https://… of the receiver')
    .requiredOption('--name <text>', 'whom it is, for people')
    .option('--agency <code>', 'only events of this agency', '*')
    .option('--types <list>', 'only these types of events: EntryNumberAssigned,BookClosed')
    .option('--from <place>', 'now, beginning, or a place that the feed told', 'now')
    .option('--account <id>', 'account that is recorded; by default that of the operating system')
    .action((options: SubscribeOptions & Told) =>
      run(options, async (config) => (await webhooks()).subscribe(config, options)),
    );
  reasoned(all.command('edit'))
    .description('change address, name or types')
    .argument('<webhook>', ID)
    .option('--url <address>')
    .option('--name <text>')
    .option('--types <list>', '* for every type')
    .action((id: string, options: EditOptions & Told) =>
      run(options, async (config) => (await webhooks()).edit(config, id, options)),
    );
  reasoned(all.command('rotate'))
    .description('a new secret, printed once; the one before signs beside it for a while')
    .argument('<webhook>', ID)
    .option('--overlap <hours>', 'how long; 0 where it was found out', '24')
    .action((id: string, options: RotateOptions & Told) =>
      run(options, async (config) => (await webhooks()).rotate(config, id, options)),
    );
}

function addDeciding(all: Command): void {
  reasoned(all.command('pause'))
    .description('send nothing for now; what comes meanwhile is sent afterwards')
    .argument('<webhook>', ID)
    .action((id: string, options: ReasonOptions & Told) =>
      run(options, async (config) => (await webhooks()).pause(config, id, options)),
    );
  reasoned(all.command('resume'))
    .description('go on with what was paused, or stands still, or waits to be tried again')
    .argument('<webhook>', ID)
    .option('--from <place>', 'from elsewhere: now, beginning, or a place that the feed told')
    .action((id: string, options: ResumeOptions & Told) =>
      run(options, async (config) => (await webhooks()).resume(config, id, options)),
    );
  reasoned(all.command('end'))
    .description('send nothing any more, for good')
    .argument('<webhook>', ID)
    .action((id: string, options: ReasonOptions & Told) =>
      run(options, async (config) => (await webhooks()).end(config, id, options)),
    );
}

function addLetters(all: Command): void {
  reasoned(all.command('retry'))
    .description('have dead letters sent once more')
    .argument('<webhook>', ID)
    .argument('[events...]', 'ids of the events')
    .option('--all', 'every one')
    .action((id: string, events: string[], options: LetterOptions & Told) =>
      run(options, async (config) => (await lines()).retryLetters(config, id, events, options)),
    );
  reasoned(all.command('drop'))
    .description('give dead letters up, for good')
    .argument('<webhook>', ID)
    .argument('[events...]', 'ids of the events')
    .option('--all', 'every one')
    .action((id: string, events: string[], options: LetterOptions & Told) =>
      run(options, async (config) => (await lines()).dropLetters(config, id, events, options)),
    );
}
