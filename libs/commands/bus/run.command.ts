import { Command } from '@nestjs/cqrs';
import type { Noun, Nouns } from '../nouns.ts';

/** What travels on Nest's CommandBus: a command on one noun, with who asks and all that goes with it. */
export class RunCommand<N extends Noun> extends Command<Nouns[N]['outcome']> {
  constructor(
    readonly noun: N,
    readonly task: Nouns[N]['task'],
  ) {
    super();
  }
}
