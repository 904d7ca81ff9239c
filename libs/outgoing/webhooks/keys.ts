import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFirst } from '#config';

/** What the secrets of webhooks are made of. */
export interface WebhookKey {
  /** Begins the SHA-256 of the key: the same file has the same name everywhere. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** The file of the keys says what it should not, or nothing. */
export class BadWebhookKeys extends Error {
  override readonly name = 'BadWebhookKeys';
}

const KEY_BYTES = 32;
const shape = z.object({ keys: z.array(z.base64().length(44)).min(1) });

/** As many digits as tell any two keys apart. */
const nameOf = (bytes: Buffer): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 12);

/** Newest last; none where there is no such file. @throws BadWebhookKeys; Error it can't be read now */
export function readWebhookKeys(path: string): readonly WebhookKey[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  try {
    return shape.parse(JSON.parse(text)).keys.map((key) => {
      const bytes = Buffer.from(key, 'base64');
      return { id: nameOf(bytes), bytes };
    });
  } catch {
    // Never with what stands in it.
    throw new BadWebhookKeys(`${path} is no file of webhook keys; put it back from a copy`);
  }
}

/** The key that new secrets are made of; made where there is none yet, by two at once one. @throws BadWebhookKeys */
export async function ensureWebhookKey(path: string): Promise<WebhookKey> {
  if (!existsSync(path)) {
    const keys = [randomBytes(KEY_BYTES).toString('base64')];
    await writeFirst(path, `${JSON.stringify({ keys }, undefined, 2)}\n`);
  }
  const key = readWebhookKeys(path).at(-1);
  if (!key) throw new BadWebhookKeys(`${path} was made and is gone`);
  return key;
}
