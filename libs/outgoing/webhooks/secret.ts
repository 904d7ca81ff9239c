import { hkdfSync } from 'node:crypto';
import type { Webhook, WebhookSecret } from '#domain';
import type { WebhookKey } from './keys.ts';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** The key a secret is made of is not among those at hand: another file, or none. */
export class WebhookKeyMissing extends Error {
  override readonly name = 'WebhookKeyMissing';
}

/**
 * The secret of a subscription, as its receiver is given it (Standard Webhooks). It is made anew
 * whenever it is needed and kept nowhere.
 * @throws WebhookKeyMissing
 */
export function secretText(
  id: string,
  { keyId, generation }: WebhookSecret,
  keys: readonly WebhookKey[],
): string {
  const key = keys.find((one) => one.id === keyId);
  if (!key) throw new WebhookKeyMissing(`webhook key ${keyId} is not at hand (WEBHOOK_KEYS)`);
  const info = `so-chung-thuc webhook ${generation}`;
  const bytes = hkdfSync('sha256', key.bytes, id, info, SECRET_BYTES);
  return PREFIX + Buffer.from(bytes).toString('base64');
}

/** Those that sign at the moment, newest first. @throws WebhookKeyMissing */
export function secretsOf(
  { id, secret, previous }: Pick<Webhook, 'id' | 'secret' | 'previous'>,
  keys: readonly WebhookKey[],
  now: Date,
): readonly string[] {
  const signs = previous !== null && now.getTime() < Date.parse(previous.until);
  const all: readonly WebhookSecret[] = signs ? [secret, previous] : [secret];
  return all.map((one) => secretText(id, one, keys));
}

/** The bytes a secret's text stands for. */
export const secretBytes = (text: string): Buffer =>
  Buffer.from(text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text, 'base64');
