import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { playStory } from '../../../test/support/story.ts';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import { startTsa, type TestTsa } from '../../../test/support/tsa.ts';
import { openAudit, type Audit } from './open.ts';

let stores: TestStores;
let tsa: TestTsa;
let told: string[];
let clock: Date;
const certs = () => join(stores.folder, 'tsa.pem');

beforeEach(async () => {
  stores = await embeddedStores();
  tsa = await startTsa();
  told = [];
  clock = new Date('2026-05-10T01:00:00.000Z');
  await writeFile(certs(), tsa.root);
  await playStory(stores.eventStore, ['BK-001']);
});
afterEach(async () => {
  tsa.close();
  await stores.dispose();
});

const opened = (): Audit =>
  openAudit({
    config: {
      DATA_DIR: stores.folder,
      AUDIT_KEYS: undefined,
      AUDIT_ORIGIN: undefined,
      AUDIT_POLICY: undefined,
      AUDIT_TSA: [tsa.url],
      AUDIT_TSA_CERTS: certs(),
      AUDIT_TSA_SECONDS: 3600,
    },
    eventStore: stores.eventStore,
    tlog: stores.readStore,
    log: (message, detail) => void told.push(`${message}: ${JSON.stringify(detail)}`),
    now: () => clock,
  });

async function checkpoint({ sealer }: Audit) {
  const sealed = await sealer.seal();
  if (!sealed) throw new Error('nothing was sealed');
  return sealed;
}

test('an authority that fails is told of once and left alone for a while, but for who asks now', async () => {
  const audit = opened();
  const sealed = await checkpoint(audit);
  tsa.behaviour = 'answers nonsense';
  for (let i = 0; i < 5; i += 1) await audit.attest(sealed);
  expect([tsa.asked, told.length]).toEqual([1, 1]);
  expect(told[0]).toContain('a time-stamping authority does not stamp');
  tsa.behaviour = 'stamps';
  await audit.attest(sealed);
  expect(tsa.asked).toBe(1);
  await audit.attest(sealed, { isAsked: true });
  expect((await audit.proofs.latest()).timestamps).toHaveLength(1);
  expect(told.at(-1)).toContain('stamps again');
});

test('who asks now has a checkpoint stamped before its time, and one that has a timestamp is not asked for again', async () => {
  const audit = opened();
  await audit.attest(await checkpoint(audit));
  await playStory(stores.eventStore, ['BK-002']);
  const grown = await checkpoint(audit);
  await audit.attest(grown);
  expect(tsa.asked).toBe(1);
  await audit.attest(grown, { isAsked: true });
  await audit.attest(grown, { isAsked: true });
  expect(tsa.asked).toBe(2);
  expect((await audit.proofs.latest()).timestamps[0]?.size).toBe(grown.size);
});

test('certificates are read anew each time: a file that is none is told of, and mended it is well', async () => {
  const audit = opened();
  const sealed = await checkpoint(audit);
  await writeFile(certs(), 'no certificate');
  await audit.attest(sealed);
  await audit.attest(sealed);
  expect([tsa.asked, told.length]).toEqual([0, 1]);
  expect(told[0]).toContain('a file of PEM is needed');
  await writeFile(certs(), tsa.root);
  await audit.attest(sealed);
  expect((await audit.proofs.latest()).timestamps).toHaveLength(1);
});
