export { RunCommand } from './run.command.ts';
export { RunCommandHandler } from './run.handlers.ts';
