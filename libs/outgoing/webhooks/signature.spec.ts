import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BadWebhookKeys, ensureWebhookKey, readWebhookKeys } from './keys.ts';
import { secretsOf, secretText, WebhookKeyMissing } from './secret.ts';
import { signedHeaders } from './signature.ts';

describe('a signed message', () => {
  it('is signed as Standard Webhooks has it', () => {
    const headers = signedHeaders(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' },
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      new Date(1614265330_999),
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is signed by each secret that is given', () => {
    const signed = signedHeaders({ id: 'a', body: 'ă' }, ['whsec_AA==', 'whsec_AQ=='], new Date(0));
    expect(signed['webhook-signature']).toMatch(/^v1,[\w+/=]{44} v1,[\w+/=]{44}$/);
  });
});

describe('the secrets of subscriptions', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keys-'));
    path = join(folder, 'sub', 'webhook-keys.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are made of one key, which is made once however many ask for it, and is its owner’s alone', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => ensureWebhookKey(path)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(readWebhookKeys(path)).toHaveLength(1);
  });

  it('are each another, of each subscription and of each generation, and the same every time', async () => {
    const { id: keyId } = await ensureWebhookKey(path);
    const keys = readWebhookKeys(path);
    const text = (id: string, generation: number) => secretText(id, { keyId, generation }, keys);
    const all = [text('a', 1), text('a', 2), text('b', 1)];
    expect(new Set(all).size).toBe(3);
    expect(all).toEqual([text('a', 1), text('a', 2), text('b', 1)]);
    for (const one of all) expect(one).toMatch(/^whsec_[\w+/]{43}=$/);
  });

  it('are two until the earlier one’s time is over', async () => {
    const { id: keyId } = await ensureWebhookKey(path);
    const until = '2024-05-11T00:00:00.000Z';
    const webhook = {
      id: 'a',
      secret: { keyId, generation: 2 },
      previous: { keyId, generation: 1, until },
    };
    const at = (now: string) => secretsOf(webhook, readWebhookKeys(path), new Date(now));
    expect(at('2024-05-10T23:59:59Z')).toHaveLength(2);
    expect(at(until)).toEqual(at('2024-05-10T00:00:00Z').slice(0, 1));
  });

  it('cannot be made of a key that is not at hand, and a file that is none is told without what stands in it', async () => {
    const secret = { keyId: 'nowhere', generation: 1 };
    expect(() => secretText('a', secret, [])).toThrow(WebhookKeyMissing);
    await ensureWebhookKey(path);
    const text = await readFile(path, 'utf8');
    const [key = ''] = (JSON.parse(text) as { keys: string[] }).keys;
    await writeFile(path, text.replace('"keys"', '"key"'));
    expect(() => readWebhookKeys(path)).toThrow(BadWebhookKeys);
    expect(() => readWebhookKeys(path)).not.toThrow(key);
  });
});
