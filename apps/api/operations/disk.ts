import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#config';
import { EventStoreRefuses } from '#event-store';

/** More than a command's events take. */
const PROBE = Buffer.alloc(64 * 1024);

const REASONS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOSPC: ['the disk under DATA_DIR is full', 'make room on it'],
  EDQUOT: ['the account’s share of the disk under DATA_DIR is used up', 'give it more'],
  EROFS: ['the disk under DATA_DIR is read-only', 'mount it to be written to'],
  EACCES: ['DATA_DIR may not be written to by this account', 'give it the folder'],
};

/**
 * Looks whether the embedded log could be written to: one that is only read answers from a full disk
 * too, until the next number. On servers it is theirs to say.
 * @throws EventStoreRefuses
 */
export async function requireRoom({ EVENTSTORE_URL, DATA_DIR }: Config): Promise<void> {
  if (EVENTSTORE_URL !== undefined) return;
  const path = join(DATA_DIR, `.probe-${process.pid}`);
  try {
    await writeFile(path, PROBE, { mode: 0o600 });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const [reason, remedy] = REASONS[code] ?? [
      `DATA_DIR cannot be written to (${code})`,
      'see the system’s log',
    ];
    throw new EventStoreRefuses(reason, remedy, { cause: error });
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}
