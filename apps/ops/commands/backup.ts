import type { Config } from '#config';
import { backup } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import { operator } from '../operator.ts';
import { found, type Outcome } from '../outcome.ts';

/** Copies the embedded data. Finds a difference where something the log names could not be saved. */
export async function backUp(config: Config, folder: string): Promise<Outcome> {
  const { troubles, events, images, createdAt } = await backup(config, folder);
  const done = `backed up ${events} events and ${images} pictures to ${folder}`;
  const facts = { folder, createdAt, events, images, troubles };
  return found(troubles.length === 0, [done, ...troubles], facts);
}

/** Puts a backup in place. Finds a difference where pictures were missing in it from the first, or a register is damaged. */
export async function putBack(
  config: Config,
  folder: string,
  { account }: { readonly account?: string },
): Promise<Outcome> {
  const name = operator(account);
  const restored = await restore(config, folder, { account: name, name });
  const { events, images, createdAt, paused, unpaused, missing, sealedBefore } = restored;
  const lines = [
    `restored ${events} events and ${images} pictures, backed up at ${createdAt}`,
    ...missing.map((sha256) => `picture ${sha256} is missing: it was when the backup was made`),
    ...(paused > 0
      ? [
          `${paused} registers give no number until the last one given is confirmed:`,
          'start the service, then: ops numbering list, ops numbering resume',
        ]
      : []),
    ...unpaused,
    ...(sealedBefore.length > 0
      ? [
          'the log is sealed anew, under another name; what was sealed before is kept:',
          ...sealedBefore,
        ]
      : []),
  ];
  const facts = { events, images, createdAt, paused, unpaused, missing, sealedBefore };
  return found(missing.length + unpaused.length === 0, lines, facts);
}
