import { execFile, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { streamPrefixes } from '#domain';
import { playStory } from '../../../test/support/story.ts';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import { startTsa, type Behaviour, type TestTsa } from '../../../test/support/tsa.ts';
import {
  openTimestamp,
  parseCertificates,
  parseNote,
  timestampRequest,
  timestampTokenIn,
  verifyBundle,
  type Trust,
} from '../proofs/index.ts';
import { bundle } from './bundle.ts';
import { ensureKeys, lastSignedBeside } from './keys.ts';
import { LogProofs } from './log-proofs.ts';
import { SealedLog } from './sealed-log.ts';
import { Sealer } from './sealer.ts';
import { stamp } from './timestamps.ts';

const run = promisify(execFile);
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const whereOpenssl = hasOpenssl ? test : test.skip;

let stores: TestStores;
let tsa: TestTsa;
let clock: Date;
const now = () => clock;
const path = () => join(stores.folder, 'keys.json');

beforeEach(async () => {
  clock = new Date('2026-05-10T01:00:00.000Z');
  stores = await embeddedStores();
  tsa = await startTsa();
});
afterEach(async () => {
  tsa.close();
  await stores.dispose();
});

async function sealed(agency: string) {
  const { eventStore } = stores;
  await playStory(eventStore, [agency]);
  const log = new SealedLog(stores.readStore);
  const sources = { eventStore, sealed: log, prefixes: streamPrefixes };
  const keys = () => ensureKeys(path(), now(), 'example.vn/so');
  const sealing = { ...sources, keys, now, log: () => undefined };
  const checkpoint = await new Sealer({ ...sealing, lastSigned: lastSignedBeside(path()) }).seal();
  if (!checkpoint) throw new Error('nothing was sealed');
  return { checkpoint, ...sources, proofs: new LogProofs(sources) };
}

/** What is told of each authority, after it was asked for a timestamp on the log as it is. */
async function stamped(agency: string, { everyMs = 0, authorities = [tsa.url] } = {}) {
  const { checkpoint, ...sources } = await sealed(agency);
  const told: string[] = [];
  await stamp(
    {
      sealed: sources.sealed,
      authorities,
      trusted: parseCertificates(tsa.root),
      everyMs,
      now,
      patienceMs: 500,
      tell: (who, error) => void told.push(`${who} ${error?.message ?? 'ok'}`),
    },
    checkpoint,
  );
  const { timestamps } = await sources.proofs.latest();
  return { told, timestamps, checkpoint, ...sources };
}

async function verdictOn(lines: readonly string[], trust: Pick<Trust, 'tsa'> = {}) {
  const { all } = await ensureKeys(path(), now());
  // eslint-disable-next-line @typescript-eslint/require-await -- lines as a file gives them
  const open = async function* () {
    yield lines.map((line) => Buffer.from(line));
  };
  return verifyBundle(open, { keys: all.map(({ key }) => key), ...trust });
}

async function bundled(sources: Awaited<ReturnType<typeof stamped>>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of bundle({ ...sources, scope: { kind: 'everything' } }))
    lines.push(line.trimEnd());
  return lines;
}

test('an authority stamps a checkpoint; the time is kept with it and its bundle, and named by the verifier', async () => {
  const made = await stamped('BK-001');
  expect(made.told).toEqual([`${tsa.url} ok`]);
  expect(made.timestamps).toMatchObject([
    { tsa: 'CN=Example TSA', at: '2026-05-10T01:02:03.000Z' },
  ]);
  const lines = await bundled(made);
  const trusted = await verdictOn(lines, { tsa: parseCertificates(tsa.root) });
  expect(trusted.findings).toEqual([]);
  const time = { tsa: 'CN=Example TSA', at: '2026-05-10T01:02:03.000Z' };
  expect(trusted.timestamps).toEqual([{ ...time, isTrusted: true }]);
  // Who trusts no authority is told so; it is no fault of the bundle.
  const unknown = await verdictOn(lines);
  expect([unknown.isWhole, unknown.timestamps]).toEqual([true, [{ ...time, isTrusted: false }]]);
});

test('a timestamp of nobody who is trusted, of another checkpoint, or changed by one byte is found', async () => {
  const lines = await bundled(await stamped('BK-001'));
  const other = await startTsa('Somebody');
  other.close();
  const codes = async (given: readonly string[], root = tsa.root) =>
    (await verdictOn(given, { tsa: parseCertificates(root) })).findings.map(({ code }) => code);
  expect(await codes(lines, other.root)).toEqual(['NO_TIMESTAMP']);
  const at = lines.findIndex((line) => line.startsWith('{"timestamp"'));
  const { timestamp } = JSON.parse(lines[at] ?? '') as { timestamp: string };
  const token = Buffer.from(timestamp, 'base64');
  const withToken = (bytes: Buffer) =>
    lines.map((line, i) =>
      i === at ? JSON.stringify({ timestamp: bytes.toString('base64') }) : line,
    );
  const changed = Buffer.from(token);
  // Within what is signed: the time.
  const time = changed.indexOf('20260510010203Z');
  changed.write('20250510010203Z', time);
  expect(await codes(withToken(changed))).toEqual(['TIMESTAMP', 'NO_TIMESTAMP']);
  expect(await codes(withToken(token.subarray(0, 200)))).toEqual(['TIMESTAMP', 'NO_TIMESTAMP']);
  const later = await bundled(await stamped('BK-002'));
  const [, ofLater = ''] = later.filter((line) => /^{"(checkpoint|timestamp)"/.test(line));
  expect(await codes(lines.map((line, i) => (i === at ? ofLater : line)))).toEqual([
    'TIMESTAMP',
    'NO_TIMESTAMP',
  ]);
});

test.each<[Behaviour, RegExp]>([
  ['damages its signature', /not signed by its authority/],
  ['answers another nonce', /nonce/],
  ['stamps another hash', /not of this checkpoint/],
  ['refuses', /refuses: status 2/],
  ['answers nonsense', /no answer of a time-stamping authority/],
  ['answers 503', /503/],
  ['never ends', /longer than/],
  ['never answers', /timeout|aborted/],
  ['has a key for something else', /not one for time-stamping/],
  ['names no certificate', /does not name the certificate/],
])('an authority that %s has stamped nothing, and is asked again', async (behaviour, told) => {
  tsa.behaviour = behaviour;
  const first = await stamped('BK-001');
  expect(first.told.join()).toMatch(told);
  expect(first.timestamps).toEqual([]);
  tsa.behaviour = 'stamps';
  expect((await stamped('BK-002')).timestamps).toHaveLength(1);
});

test('an authority that leads to nobody who is trusted has stamped nothing, and the others have', async () => {
  const other = await startTsa('Somebody');
  const { told, timestamps } = await stamped('BK-001', { authorities: [other.url, tsa.url] });
  other.close();
  expect(told.join()).toMatch(/CN=Somebody: its certificate leads to none/);
  expect(timestamps.map(({ authority }) => authority)).toEqual([tsa.url]);
});

test('an authority is not asked again before its time, whatever is sealed meanwhile', async () => {
  const hour = { everyMs: 3_600_000 };
  await stamped('BK-001', hour);
  await stamped('BK-002', hour);
  expect(tsa.asked).toBe(1);
  clock = new Date('2026-05-10T02:00:01.000Z');
  const { timestamps, checkpoint, proofs } = await stamped('BK-003', hour);
  expect([tsa.asked, timestamps[0]?.size]).toEqual([2, checkpoint.size]);
  // The earlier one is where it was.
  const [, , first] = await proofs.checkpoints(3);
  expect(first?.timestamps).toHaveLength(1);
});

/** An authority as OpenSSL has it, and its root. */
async function openssl(...args: string[]): Promise<void> {
  await run('openssl', args, { cwd: stores.folder });
}
const CONFIG = `
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[ext]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
`;

whereOpenssl(
  'OpenSSL’s timestamps are understood, and ours by OpenSSL',
  async () => {
    const file = (name: string) => join(stores.folder, name);
    const fresh = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650'];
    await writeFile(file('ts.cnf'), CONFIG);
    await openssl(...fresh, '-subj', '/CN=Root', '-keyout', 'root.key', '-out', 'root.pem');
    const asked = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', '/C=VN/CN=OpenSSL TSA'];
    await openssl(...asked, '-keyout', 'tsa.key', '-out', 'tsa.csr');
    const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '3650'];
    const ext = ['-extfile', 'ts.cnf', '-extensions', 'ext'];
    await openssl('x509', '-req', '-in', 'tsa.csr', '-out', 'tsa.pem', ...by, ...ext);
    const text = 'example.vn/so\n4\nmzyeckCpz/5SVHw3dLDuA0/PrNt5E8y94GqRCW1ddF4=\n';
    const nonce = Buffer.from('40112233445566778899aabbccddeeff', 'hex');
    await writeFile(file('query'), timestampRequest(text, nonce));
    const reply = ['ts', '-reply', '-config', 'ts.cnf', '-section', 'one'];
    await openssl(...reply, '-queryfile', 'query', '-out', 'answer');
    const token = timestampTokenIn(await readFile(file('answer')), nonce);
    const root = parseCertificates(await readFile(file('root.pem'), 'utf8'));
    expect(await openTimestamp(token, text, root)).toMatchObject({
      tsa: 'C=VN, CN=OpenSSL TSA',
      isTrusted: true,
    });
    await expect(openTimestamp(token, `${text} `, root)).rejects.toThrow('not of this checkpoint');

    const { timestamps, checkpoint } = await stamped('BK-001');
    await writeFile(file('own.der'), Buffer.from(timestamps[0]?.token ?? '', 'base64'));
    await writeFile(file('own.pem'), tsa.root);
    await writeFile(file('own.txt'), parseNote(checkpoint.note).text);
    const verify = ['ts', '-verify', '-data', 'own.txt', '-in', 'own.der', '-token_in'];
    await openssl(...verify, '-CAfile', 'own.pem');
  },
  60_000,
);
