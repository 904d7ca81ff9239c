import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  headByProof,
  leafHashOf,
  openCheckpoint,
  openHeads,
  parseAbsence,
  parseConsistency,
  parseInclusion,
  parseVerifierKey,
  requireConsistent,
  rootByPath,
  statedCheckpoint,
  verifyAbsence,
  type SealedEvent,
  type VerifierKey,
} from '#audit/proofs';
import { backends } from '../support/backends.ts';
import { seal } from '../support/draw/index.ts';
import {
  after,
  form,
  guideBook,
  openOffice,
  paper,
  type Answer,
  type Office,
  type Person,
} from '../support/office.ts';

const run = promisify(execFile);

interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly checkpoint: string;
}
interface Inclusion {
  readonly event: SealedEvent;
  readonly proof: string;
}
interface NumberAnswer {
  readonly stream: string;
  readonly given: boolean;
  readonly lastNumber: number | null;
  readonly statement: string;
  readonly heads: { id: string; revision: number; lastNumber: number | null }[];
  readonly path: string[];
}

describe.each(backends)('auditors of a service on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let auditor: Person;
  let everywhere: Person;
  let book: string;
  let last: Answer;
  let keys: readonly VerifierKey[];
  let key: string;

  beforeAll(async () => {
    office = await openOffice(backend, { SEAL_SECONDS: '0', AUDIT_ORIGIN: 'example.vn/so' });
    officer = await office.as('receiving-officer');
    auditor = await office.as('auditor');
    everywhere = await office.as('auditor', { account: 'kiem.le', agencies: ['*'] });
    const clerk = await office.as('clerk');
    await clerk.post(`${office.home}/seals`, { form: form({ name: 'Con dấu' }, await seal()) });
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    book = opened.headers.get('location') ?? '';
    for (const document of [1, 2, 3])
      last = await officer.post(`${book}/entries`, { json: { ...paper(), document } });
    await auditor.post('/v1/audit/checkpoints');
    const told = await auditor.get<{ items: { key: string }[] }>('/v1/audit/keys');
    key = told.body.items[0]?.key ?? '';
    keys = told.body.items.map((one) => parseVerifierKey(one.key));
  }, 60_000);

  afterAll(() => office.dispose());

  it('are given a checkpoint that the log’s key has signed', async () => {
    const { body } = await auditor.get<Checkpoint>('/v1/audit/checkpoint');
    expect(body.origin).toBe('example.vn/so');
    expect(openCheckpoint(body.checkpoint, keys).checkpoint.size).toBe(body.size);
    const response = await fetch(`${office.url}/tlog/checkpoint`);
    expect(await response.text()).toBe(body.checkpoint);
  });

  it('are shown that a number was given, and hold it against the key themselves', async () => {
    const { body } = await auditor.get<Inclusion>(`${book}/entries/2/proof`, after(last));
    const { index, path, checkpoint } = parseInclusion(body.proof);
    const { size, root } = openCheckpoint(checkpoint, keys).checkpoint;
    expect(rootByPath(leafHashOf(body.event), { index, size, path })).toEqual(root);
    expect(body.event.data['number']).toBe(2);
  });

  it('are shown that a number was never given', async () => {
    const ask = (number: number) =>
      auditor.get<NumberAnswer>(
        `${office.home}/audit/number?type=SCTDT.BS&year=2024&number=${number}`,
      );
    const { body } = await ask(4);
    expect(body).toMatchObject({ given: false, lastNumber: 3 });
    const { stream, heads, path, statement } = body;
    const head = headByProof(stream, { heads, path }, openHeads(statement, keys));
    expect(head?.lastNumber).toBe(3);
    expect((await ask(2)).body.given).toBe(true);
  });

  it('are shown that a document was never given a number, and by which number it was', async () => {
    interface DocumentAnswer {
      readonly given: boolean;
      readonly numbers: readonly number[];
      readonly proof: string;
    }
    const ask = async (dossier: string, document: number) => {
      const query = `type=SCTDT.BS&year=2024&dossier=${dossier}&document=${document}`;
      const { body } = await auditor.get<DocumentAnswer>(`${office.home}/audit/document?${query}`);
      const shown = verifyAbsence(parseAbsence(body.proof), keys);
      expect([shown.given, shown.numbers]).toEqual([body.given, body.numbers]);
      return body;
    };
    const { dossier } = paper();
    expect(await ask(dossier, 2)).toMatchObject({ given: true, numbers: [2] });
    expect(await ask(dossier, 4)).toMatchObject({ given: false, numbers: [] });
    expect(await ask('H03.none', 1)).toMatchObject({ given: false });
    const file = join(office.dataDir, 'absent.json');
    const args = ['--conditions=source', '--import', './test/support/run-ts.mjs'];
    const verify = (...more: string[]) =>
      run(process.execPath, [...args, 'apps/verify/main.ts', file, '--key', key, ...more]).then(
        ({ stdout }) => stdout,
        (error: unknown) => String((error as { code: number }).code),
      );
    const { proof } = await ask('H03.none', 1);
    await writeFile(file, proof);
    expect(await verify()).toContain('CHƯA TỪNG được cấp số');
    // It carries no cosignatures: whoever demands them is not told that all is well.
    const policy = join(office.dataDir, 'policy');
    await writeFile(policy, 'quorum none\n');
    expect(await verify('--policy', policy)).toBe('2');
    await writeFile(
      file,
      proof.replace('H03.none', dossier).replace('"document": 1', '"document": 2'),
    );
    expect(await verify()).toBe('1');
    const number = await auditor.get<{ proof: string }>(
      `${office.home}/audit/number?type=SCTDT.BS&year=2024&number=4`,
    );
    await writeFile(file, number.body.proof);
    expect(await verify()).toContain('CHƯA TỪNG');
    await writeFile(file, number.body.proof.slice(0, -20));
    expect(await verify()).toBe('2');
    const refused = await auditor.get<{ field: string }>(
      `${office.home}/audit/document?type=SCTDT.BS&year=2024&dossier=%20&document=1`,
    );
    expect([refused.status, refused.body.field]).toEqual([422, 'dossier']);
  }, 60_000);

  it('are shown that a later checkpoint continues an earlier one', async () => {
    const before = (await auditor.get<Checkpoint>('/v1/audit/checkpoint')).body;
    await officer.post(`${book}/entries`, { json: { ...paper(), document: 9 } });
    const sealed = await auditor.post<Checkpoint>('/v1/audit/checkpoints');
    expect(sealed.body.size).toBeGreaterThan(before.size);
    const { body } = await auditor.get<{ proof: string }>(
      `/v1/audit/consistency?older=${before.size}`,
    );
    const { older, path, checkpoint } = parseConsistency(body.proof);
    const newer = openCheckpoint(checkpoint, keys).checkpoint;
    const first = statedCheckpoint(before.checkpoint);
    expect(older).toBe(before.size);
    expect(() => requireConsistent(first, newer, path)).not.toThrow();
  });

  it('take a bundle home and verify it by the verifier alone', async () => {
    const { status, body } = await auditor.get<ArrayBuffer>(`${office.home}/audit/bundle`);
    expect(status).toBe(200);
    const file = join(office.dataDir, 'bundle.jsonl');
    await writeFile(file, Buffer.from(body));
    const args = ['--conditions=source', '--import', './test/support/run-ts.mjs'];
    const verify = (path: string) =>
      run(process.execPath, [...args, 'apps/verify/main.ts', path, '--key', key, '--json']).then(
        ({ stdout }) => ({ code: 0, verdict: JSON.parse(stdout) as { images: number } }),
        (error: unknown) => ({ code: (error as { code: number }).code, verdict: undefined }),
      );
    const whole = await verify(file);
    expect(whole).toMatchObject({ code: 0, verdict: { isWhole: true, images: 1 } });
    const forged = join(office.dataDir, 'forged.jsonl');
    await writeFile(forged, Buffer.from(body).toString().replace('"copies":', '"copies":1'));
    expect((await verify(forged)).code).toBe(1);
    await writeFile(forged, Buffer.from(body).subarray(0, 2000));
    expect((await verify(forged)).code).toBe(2);
  });

  it('hold one proof against the key by the verifier alone', async () => {
    const file = (name: string) => join(office.dataDir, name);
    const args = ['--conditions=source', '--import', './test/support/run-ts.mjs'];
    const verify = (...words: string[]) =>
      run(process.execPath, [
        ...args,
        'apps/verify/main.ts',
        ...words,
        '--key',
        key,
        '--json',
      ]).then(
        ({ stdout }) => [0, (JSON.parse(stdout) as { kind: string }).kind],
        (error: unknown) => [(error as { code: number }).code],
      );
    const { body } = await auditor.get<Inclusion>(`${book}/entries/1/proof`, after(last));
    await writeFile(file('one.tlog-proof'), body.proof);
    await writeFile(file('event.json'), JSON.stringify(body.event));
    const event = ['--event', file('event.json')];
    expect(await verify(file('one.tlog-proof'), ...event)).toEqual([0, 'inclusion']);
    expect(await verify(file('one.tlog-proof'))).toEqual([1]);
    const other = { ...body.event, revision: 99 };
    await writeFile(file('other.json'), JSON.stringify(other));
    expect(await verify(file('one.tlog-proof'), '--event', file('other.json'))).toEqual([1]);
    await writeFile(file('cut.tlog-proof'), body.proof.slice(0, 60));
    expect(await verify(file('cut.tlog-proof'), ...event)).toEqual([2]);

    const kept = (await auditor.get<Checkpoint>('/v1/audit/checkpoint')).body;
    await writeFile(file('kept'), kept.checkpoint);
    await officer.post(`${book}/entries`, { json: { ...paper(), document: 11 } });
    await auditor.post('/v1/audit/checkpoints');
    const grown = await auditor.get<{ proof: string }>(`/v1/audit/consistency?older=${kept.size}`);
    await writeFile(file('grown'), grown.body.proof);
    expect(await verify(file('grown'), '--older', file('kept'))).toEqual([0, 'consistency']);
    expect(await verify(file('grown'))).toEqual([2]);
    const [, size = ''] = kept.checkpoint.split('\n');
    const forged = kept.checkpoint.replace(`\n${size}\n`, `\n${Number(size) - 1}\n`);
    await writeFile(file('forged'), forged);
    expect(await verify(file('grown'), '--older', file('forged'))).toEqual([1]);
  }, 60_000);

  it('are given what is of every agency only where they are auditors of every agency', async () => {
    expect((await auditor.get('/v1/audit/bundle')).status).toBe(403);
    expect((await officer.get(`${office.home}/audit/bundle`)).status).toBe(403);
    expect((await everywhere.get('/v1/audit/bundle')).status).toBe(200);
    expect((await everywhere.get('/v1/audit/bundle?year=2024')).status).toBe(200);
    expect((await officer.post('/v1/audit/checkpoints')).status).toBe(403);
    const looked = '/v1/audit/access-records';
    expect((await auditor.get(looked)).status).toBe(403);
    const { body } = await everywhere.get<{
      items: { path: string; account: string; agency: string }[];
    }>(looked);
    expect(body.items).toHaveLength(2);
    const [one] = body.items;
    expect(one).toMatchObject({ account: 'kiem.le', agency: '*', path: '/v1/audit/bundle' });
    const of = `${office.home}/audit/inclusion?revision=0&stream=`;
    expect((await auditor.get(`${of}seal-BK-999`)).status).toBe(404);
    expect((await auditor.get(`${of}seal-${office.agency}`)).status).toBe(200);
  });

  it('read hash tiles without a token, and the events behind them with theirs', async () => {
    const { body } = await auditor.get<Checkpoint>('/v1/audit/checkpoint');
    const width = `000.p/${body.size % 256}`;
    const tile = await fetch(`${office.url}/tlog/tile/0/${width}`);
    expect((await tile.arrayBuffer()).byteLength).toBe((body.size % 256) * 32);
    expect(tile.headers.get('cache-control')).toContain('immutable');
    for (const path of ['0/000', '0/001.p/1', '64/000.p/1', '0/x000/000.p/1', '0/000.p/0'])
      expect((await fetch(`${office.url}/tlog/tile/${path}`)).status).toBe(404);
    expect((await fetch(`${office.url}/tlog/tile/entries/${width}`)).status).toBe(401);
    const entries = (who: Person) =>
      fetch(`${office.url}/tlog/tile/entries/${width}`, {
        headers: { authorization: `Bearer ${who.token}` },
      });
    expect((await entries(everywhere)).status).toBe(200);
    expect((await entries(officer)).status).toBe(403);
  });

  it('find nothing of an event that does not exist, or is not sealed yet', async () => {
    const stream = `register-${office.agency}-SCTDT.BS-2024`;
    const missing = await auditor.get<{ code: string }>(
      `${office.home}/audit/inclusion?stream=${stream}&revision=99`,
    );
    expect([missing.status, missing.body.code]).toEqual([404, 'NOT_SEALED']);
    const ahead = await auditor.get<{ code: string }>('/v1/audit/consistency?older=100000');
    expect([ahead.status, ahead.body.code]).toEqual([404, 'NOT_SEALED']);
  });

  it('see in health and figures that the log is sealed', async () => {
    const health = (await (await fetch(`${office.url}/health/ready`)).json()) as {
      details: { audit: { size: number; isAlarmed: boolean } };
    };
    expect(health.details.audit.isAlarmed).toBe(false);
    expect(health.details.audit.size).toBeGreaterThan(0);
    const figures = await (await fetch(`${office.url}/metrics`)).text();
    expect(figures).toMatch(/^register_seal_alarm 0$/m);
    expect(figures).toMatch(/^register_sealed_at_seconds [1-9]/m);
  });
});
