import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const MANIFEST = 'backup.json';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/**
 * What a backup says of itself, and the only shape a restore takes: which files there may be is
 * settled here, never by what a file says.
 */
const shape = z.strictObject({
  format: z.literal('so-chung-thuc-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  events: count,
  /** Pictures that were saved. */
  images: count,
  /** SHA-256 of each database that was there. */
  databases: z.strictObject({
    'events.db': hash,
    'access.db': hash.optional(),
    'webhooks.db': hash.optional(),
  }),
  /** Pictures the log names that were not there to be saved, or damaged. */
  missing: z.array(hash).default([]),
});

export type Manifest = z.infer<typeof shape>;

/** Written last and at once: a folder without it is no backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, `${MANIFEST}.new`), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(join(folder, `${MANIFEST}.new`), join(folder, MANIFEST));
}

/** @throws RangeError where the folder holds no backup, or something else than `backup` writes */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new RangeError(`${folder} holds no backup, or one that was cut off`);
  const parsed = shape.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  throw new RangeError(`${join(folder, MANIFEST)} is not what a backup writes (${what})`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
