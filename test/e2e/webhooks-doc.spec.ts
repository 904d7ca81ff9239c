import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signedHeaders } from '../../libs/outgoing/webhooks/signature.ts';

type Verified = (secret: string, headers: object, body: string) => unknown;

describe('a receiver that does as docs/portal.md says', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  const body = '{"id":"e-1","data":{"requester":"Lê Thị Cúc"}}';
  const signed = (by: readonly string[], at = new Date()) =>
    signedHeaders({ id: 'e-1', body }, by, at);
  let folder: string;
  let verified: Verified;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'receiver-'));
    const text = await readFile(new URL('../../docs/portal.md', import.meta.url), 'utf8');
    const [, code = ''] = /```js\n([\s\S]*?createHmac[\s\S]*?)```/.exec(text) ?? [];
    const file = join(folder, 'receiver.mjs');
    await writeFile(file, code);
    ({ verified } = (await import(pathToFileURL(file).href)) as { verified: Verified });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('believes what is signed by its secret, also beside another', () => {
    for (const by of [[secret], [other, secret], [secret, other]])
      expect(verified(secret, signed(by), body)).toEqual(JSON.parse(body));
  });

  it('believes nothing else', () => {
    const good = signed([secret]);
    const bad: readonly (readonly [object, string])[] = [
      [signed([other]), body],
      [good, body.replace('Cúc', 'Cúc ')],
      [{ ...good, 'webhook-id': 'e-2' }, body],
      [signed([secret], new Date(Date.now() - 301_000)), body],
      [signed([secret], new Date(Date.now() + 301_000)), body],
      [{ ...good, 'webhook-timestamp': 'now' }, body],
      [{ ...good, 'webhook-timestamp': undefined }, body],
      [{ ...good, 'webhook-signature': undefined }, body],
      [{ ...good, 'webhook-signature': 'v1,' }, body],
      [
        { ...good, 'webhook-signature': String(good['webhook-signature']).replace('v1', 'v2') },
        body,
      ],
      [{}, body],
    ];
    for (const [headers, text] of bad) expect(() => verified(secret, headers, text)).toThrow();
  });
});
