import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { streamPrefixes } from '#domain';
import { playStory } from '../../../test/support/story.ts';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import {
  cosignedText,
  COSIGNATURE,
  openCheckpoint,
  parseConsistency,
  parseNote,
  parsePolicy,
  parseVerifierKey,
  requireConsistent,
  signatureLine,
  verifierKeyText,
  type TreeHead,
  type VerifierKey,
} from '../proofs/index.ts';
import { ensureKeys, lastSignedBeside } from './keys.ts';
import { LogProofs } from './log-proofs.ts';
import { SealedLog } from './sealed-log.ts';
import { Sealer } from './sealer.ts';
import { cosign } from './witnesses.ts';

/** A witness as C2SP tlog-witness has it: it cosigns what continues the last it has seen. */
interface TestWitness {
  readonly key: string;
  readonly url: string;
  readonly server: Server;
  /** What it last saw; changed by a test that has it forget, or lie. */
  seen: TreeHead;
}

async function startWitness(name: string, log: () => VerifierKey[]): Promise<TestWitness> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = verifierKeyText(name, publicKey, COSIGNATURE);
  const { id } = parseVerifierKey(key);
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { older, path, checkpoint } = parseConsistency(body);
      const { size, root } = openCheckpoint(checkpoint, log()).checkpoint;
      if (older !== witness.seen.size) return response.writeHead(409).end(`${witness.seen.size}\n`);
      try {
        if (older > 0) requireConsistent(witness.seen, { size, root }, path);
      } catch {
        return response.writeHead(422).end('not consistent');
      }
      witness.seen = { size, root };
      const at = 1_700_000_000 + size;
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(BigInt(at));
      const signed = sign(
        null,
        Buffer.from(cosignedText(parseNote(checkpoint).text, at)),
        privateKey,
      );
      return response.end(signatureLine({ name, bytes: Buffer.concat([id, time, signed]) }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/w/`;
  const witness: TestWitness = { key, url, server, seen: { size: 0, root: Buffer.alloc(32) } };
  return witness;
}

let stores: TestStores;
let witnesses: TestWitness[];
let keys: VerifierKey[];
const now = () => new Date('2026-05-10T01:00:00.000Z');

beforeEach(async () => {
  stores = await embeddedStores();
  witnesses = await Promise.all(['w1.vn', 'w2.vn'].map((name) => startWitness(name, () => keys)));
});
afterEach(async () => {
  for (const { server } of witnesses) server.close();
  await stores.dispose();
});

async function sealed() {
  const { eventStore } = stores;
  const log = new SealedLog(stores.readStore);
  const path = join(stores.folder, 'keys.json');
  keys = (await ensureKeys(path, now())).all.map(({ key }) => key);
  const sources = { eventStore, sealed: log, prefixes: streamPrefixes };
  const sealing = { ...sources, keys: () => ensureKeys(path, now()), now, log: () => undefined };
  const checkpoint = await new Sealer({ ...sealing, lastSigned: lastSignedBeside(path) }).seal();
  if (!checkpoint) throw new Error('nothing was sealed');
  return { checkpoint, sealed: log, proofs: new LogProofs(sources) };
}

const policyText = (quorum: string) =>
  [
    '# two witnesses',
    ...witnesses.map(({ key, url }, i) => `witness w${i} ${key} ${url}`),
    'group both all w0 w1',
    `quorum ${quorum}`,
  ].join('\n');

async function cosigned(quorum = 'both') {
  const { checkpoint, ...given } = await sealed();
  const policy = parsePolicy(policyText(quorum));
  const told: string[] = [];
  await cosign(
    {
      ...given,
      policy,
      tell: (name, error) => void told.push(`${name} ${error?.message ?? 'ok'}`),
    },
    checkpoint,
  );
  const { note } = await given.proofs.latest();
  const by = openCheckpoint(
    note,
    keys,
    policy.witnesses.map(({ key }) => key),
  ).cosigned;
  return { policy, told, by };
}

test('witnesses cosign a checkpoint, and each that continues it', async () => {
  await playStory(stores.eventStore, ['BK-001']);
  const first = await cosigned();
  expect(first.told.sort()).toEqual(['w0 ok', 'w1 ok']);
  expect(first.policy.isQuorum(first.by.map(({ key }) => key))).toBe(true);
  expect(first.by[0]?.at).toBeGreaterThan(1_700_000_000);
  await playStory(stores.eventStore, ['BK-002']);
  expect((await cosigned()).by).toHaveLength(2);
});

test('a witness that has seen another size is asked again from there', async () => {
  await playStory(stores.eventStore, ['BK-001']);
  await cosigned();
  await playStory(stores.eventStore, ['BK-002']);
  for (const witness of witnesses) witness.seen = { size: 0, root: Buffer.alloc(32) };
  expect((await cosigned()).by).toHaveLength(2);
});

test('a witness that saw another history, or is away, does not cosign, and the other does', async () => {
  await playStory(stores.eventStore, ['BK-001']);
  await cosigned();
  await playStory(stores.eventStore, ['BK-002']);
  const [first] = witnesses;
  if (first) first.seen = { ...first.seen, root: Buffer.alloc(32, 7) };
  const { told, by, policy } = await cosigned();
  expect(told.find((one) => one.startsWith('w0'))).toContain('422');
  expect(by).toHaveLength(1);
  expect(policy.isQuorum(by.map(({ key }) => key))).toBe(false);
  first?.server.close();
  await playStory(stores.eventStore, ['BK-003']);
  expect((await cosigned('w1')).by).toHaveLength(1);
});

test.each([
  ['no quorum', 'witness a KEY'],
  ['two quorums', 'quorum none\nquorum none'],
  ['a name that is not defined', 'quorum x'],
  ['a name twice', 'witness a KEY\nwitness a OTHER\nquorum a'],
  ['a key twice', 'witness a KEY\nwitness b KEY\nquorum a'],
  ['a threshold that cannot be', 'witness a KEY\ngroup g 2 a\nquorum g'],
  ['a member twice', 'witness a KEY\ngroup g any a\ngroup h any a\nquorum h'],
  ['a log’s key for a witness', 'log KEY\nquorum none'],
  ['an unknown line', 'wintess a KEY\nquorum none'],
])('a policy with %s is refused', (_, policy) => {
  const [one, two] = witnesses.map(({ key }) => key);
  const given = policy.replaceAll('KEY', one ?? '').replaceAll('OTHER', two ?? '');
  expect(() => parsePolicy(given)).toThrow(/policy/);
});
