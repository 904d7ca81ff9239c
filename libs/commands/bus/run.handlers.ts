import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { nouns, type Noun, type Nouns } from '../nouns.ts';
import { RunCommand } from './run.command.ts';
import type { Tools } from '../tools.ts';

@CommandHandler(RunCommand)
export class RunCommandHandler implements ICommandHandler<RunCommand<Noun>> {
  constructor(private readonly tools: Tools) {}

  execute<N extends Noun>({ noun, task }: RunCommand<N>): Promise<Nouns[N]['outcome']> {
    return nouns[noun].run(this.tools, task);
  }
}
