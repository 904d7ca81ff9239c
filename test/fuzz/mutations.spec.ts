import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { createVerifier, issueDevToken, Unauthenticated, type Verifier } from '#access';
import { loadConfig } from '#config';
import {
  BrokenLogFile,
  exportLog,
  importLog,
  OtherEventsThere,
  openSqliteEventStore,
  type RecordedEvent,
} from '#event-store';
import { inspectImage, renderImage } from '#image-store';
import { Copies, PdfRefused } from '#paper';
import { PdfFile } from '../../libs/paper/copy/file.ts';
import { pagesOf } from '../../libs/paper/copy/pages.ts';
import { backup } from '../../apps/ops/backup/backup.ts';
import { restore } from '../../apps/ops/backup/restore.ts';
import { backends, type Backend } from '../support/backends.ts';
import { seal, signature, withTexts } from '../support/draw/index.ts';
import { form, guideBook, openOffice, paper } from '../support/office.ts';
import { scan } from '../support/scans.ts';
import { signPdf } from '../support/sign-pdf.ts';
import { mutated, mutations } from './mutate.ts';

/**
 * What people send damaged or forged: `MUTATIONS` files and tokens of each kind (a twentieth of it
 * where each costs a folder), by default few enough for every run of the tests.
 */
const MUTATIONS = Number(process.env['MUTATIONS'] ?? 400);
const FOLDERS = Math.max(20, Math.floor(MUTATIONS / 20));
const MINUTES = 60_000;

let folder: string;
let scratch = 0;
const newFolder = async (): Promise<string> => {
  scratch += 1;
  const path = join(folder, `scratch-${scratch}`);
  await mkdir(path);
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutations-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a PDF, whatever has become of it', () => {
  const asker = { account: 'binh.tran', signal: new AbortController().signal };
  const copies = new Copies();
  afterAll(() => copies.close());

  const facts = {
    ...{ numberText: '001/ĐT', bookName: '01/2024-SCTĐT/BS', certifiedOn: '2024-05-10' },
    ...{ certifierFullName: 'Nguyễn Văn An', certifierTitle: 'Chủ tịch UBND', authority: null },
  };
  const order = { facts, verificationCode: null };

  it(
    'is refused by name, or has its stamp on its last page',
    async () => {
      const files = fc.constantFrom(
        scan({ pages: 3 }),
        scan({ table: 'stream', rotate: 90 }),
        scan({ crop: [50, 50, 500, 700], catalog: '/AcroForm<</Fields[]>>' }),
      );
      const told = new Map<string, number>();
      const property = fc.asyncProperty(files, mutations, async (file, all) => {
        const bytes = mutated(file, all);
        const work = { kind: 'stamp', bytes, order, place: 'bottom-right' } as const;
        const stamped = await copies.do(asker, work).catch(codeOf);
        const code = typeof stamped === 'string' ? stamped : 'stamped';
        told.set(code, (told.get(code) ?? 0) + 1);
        if (typeof stamped === 'string') return;
        const made = Buffer.from(stamped.bytes);
        expect(made.subarray(0, bytes.length).equals(bytes)).toBe(true);
        // It is found again by the file's own table, as viewers do.
        const again = new PdfFile(made);
        const { last, count } = pagesOf(again);
        expect(count).toBe(stamped.file.pages);
        const drawn = again.dict(again.dict(last.dict.get('Resources'))?.get('XObject'));
        expect([...(drawn?.keys() ?? [])].join()).toMatch(/ChungThuc/);
      });
      await fc.assert(property, { numRuns: MUTATIONS });
      expect(told.get('stamped')).toBeGreaterThan(0);
      expect(told.get('PDF_BROKEN')).toBeGreaterThan(0);
    },
    30 * MINUTES,
  );

  it(
    'is refused by name where it was signed, unless all that is signed is as it was',
    async () => {
      const signed = await signPdf(scan());
      // What lies between them is the signature itself, with room to spare.
      const gap = signed.indexOf('/Contents <', scan().length) + '/Contents '.length;
      const parts = [
        [0, gap],
        [signed.indexOf('>', gap) + 1, signed.length],
      ] as const;
      const property = fc.asyncProperty(mutations, async (all) => {
        const bytes = mutated(signed, all);
        const seen = await copies.do(asker, { kind: 'sign', bytes, known: [] }).catch(codeOf);
        if (typeof seen === 'string') return;
        for (const [from, to] of parts)
          expect(bytes.subarray(from, to).equals(signed.subarray(from, to))).toBe(true);
      });
      await fc.assert(property, { numRuns: MUTATIONS });
    },
    30 * MINUTES,
  );
});

/** Why it was refused. @throws whatever is no refusal */
function codeOf(error: unknown): string {
  if (error instanceof PdfRefused) return (error as PdfRefused).code;
  throw error;
}

describe('a picture, whatever has become of it', () => {
  it(
    'is refused by name, or can be shown',
    async () => {
      const ink = await signature({ width: 300 });
      const scan = await seal({ width: 300, format: 'jpeg' });
      const webp = await sharp(await seal({ width: 300 }))
        .webp()
        .toBuffer();
      const files = fc.constantFrom(ink, scan, webp, withTexts(ink));
      const told = new Map<string, number>();
      const property = fc.asyncProperty(files, mutations, async (file, all) => {
        const bytes = mutated(file, all);
        const found = await inspectImage(bytes, 'seal');
        const code = found.ok ? 'taken' : found.problem.code;
        told.set(code, (told.get(code) ?? 0) + 1);
        if (found.ok)
          expect((await renderImage(bytes, 'thumbnail')).bytes.length).toBeGreaterThan(0);
        else expect(code).toMatch(/^(FILE|IMAGE)_[A-Z_]+$/);
      });
      await fc.assert(property, { numRuns: MUTATIONS });
      // Some of each, or nothing was tried.
      expect([told.has('taken'), told.has('FILE_BROKEN')]).toEqual([true, true]);
    },
    20 * MINUTES,
  );
});

describe('a token, whatever has become of it', () => {
  let verify: Verifier;
  let token: string;

  beforeAll(async () => {
    const dataDir = await newFolder();
    const config = loadConfig({ DATA_DIR: dataDir });
    const person = { account: 'binh.tran', name: 'Trần Thị Bình', agencies: ['BK-001'] };
    const options = {
      roles: ['receiving-officer'],
      audience: config.OIDC_AUDIENCE,
      lifetime: 3600,
    };
    token = await issueDevToken(dataDir, { ...person, ...options } as never);
    verify = await createVerifier(config);
  });

  /** Some characters of base64url carry bits that are none of the text's: another spelling is no other token. */
  const meaningOf = (text: string): string =>
    text
      .split('.')
      .map((one) => Buffer.from(one, 'base64url').toString('hex'))
      .join('.');
  const part = fc.constantFrom(0, 1, 2);
  /** A part's JSON with a field put to something else. */
  const fields = ['alg', 'typ', 'kid', 'sub', 'aud', 'iss', 'exp', 'nbf', 'iat', 'roles', 'agency'];
  const values = fc.oneof(fc.constantFrom('none', 'HS256', '', null, [], {}), fc.jsonValue());

  it(
    'is nobody’s, but where it is the same',
    async () => {
      const bytes = fc.asyncProperty(mutations, async (all) => {
        const changed = mutated(Buffer.from(token), all).toString('latin1');
        if (meaningOf(changed) !== meaningOf(token))
          await expect(verify(changed)).rejects.toBeInstanceOf(Unauthenticated);
      });
      await fc.assert(bytes, { numRuns: MUTATIONS });
      const forged = fc.asyncProperty(
        part,
        fc.constantFrom(...fields),
        values,
        async (which, field, value) => {
          const parts = token.split('.');
          if (which === 2) parts[2] = '';
          const at = which === 2 ? 1 : which;
          const json = JSON.parse(Buffer.from(parts[at] ?? '', 'base64url').toString()) as object;
          const text = JSON.stringify({ ...json, [field]: value });
          parts[at] = Buffer.from(text).toString('base64url');
          if (parts.join('.') === token) return;
          await expect(verify(parts.join('.'))).rejects.toBeInstanceOf(Unauthenticated);
        },
      );
      await fc.assert(forged, { numRuns: MUTATIONS });
      expect((await verify(token)).account).toBe('binh.tran');
    },
    20 * MINUTES,
  );
});

describe('a log as a file, and a backup, whatever has become of them', () => {
  let exported: Buffer;
  let saved: string;
  let events: string[];

  const idsIn = async (path: string): Promise<string[]> => {
    const store = openSqliteEventStore(path);
    const ids: string[] = [];
    for await (const event of store.readAll()) ids.push(textOf(event));
    await store.close();
    return ids;
  };
  /** All that an import leaves as it was; it notes where an event has come from. */
  const textOf = ({ stream, revision, id, type, data, metadata }: RecordedEvent): string => {
    const { origin: _origin, ...own } = metadata;
    return JSON.stringify([stream, revision, id, type, data, own]);
  };

  beforeAll(async () => {
    const office = await openOffice(backends[0] as Backend);
    const officer = await office.as('receiving-officer');
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    for (let document = 1; document < 12; document += 1) {
      await officer.post(`${opened.headers.get('location')}/entries`, {
        json: paper({ document }),
      });
    }
    const clerk = await office.as('clerk');
    await clerk.post(`${office.home}/seals`, { form: form({ name: 'Con dấu' }, await seal()) });
    saved = join(folder, 'saved');
    await backup(loadConfig({ DATA_DIR: office.dataDir }), saved);
    const path = join(office.dataDir, 'events.db');
    const store = openSqliteEventStore(path);
    await exportLog(store, join(folder, 'log.gz'));
    await store.close();
    events = await idsIn(path);
    exported = gunzipSync(await readFile(join(folder, 'log.gz')));
    await office.dispose();
  }, MINUTES);

  /** What an import makes of a file: nothing at all, by name, or a beginning of the log that was exported. */
  async function imported(file: Buffer): Promise<void> {
    const into = await newFolder();
    const path = join(into, 'log.gz');
    await writeFile(path, file);
    const store = openSqliteEventStore(join(into, 'events.db'));
    const error: unknown = await importLog(store, path).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    await store.close();
    const there = await idsIn(join(into, 'events.db'));
    if (error === undefined) expect(there).toEqual(events);
    else {
      expect([BrokenLogFile, OtherEventsThere].some((kind) => error instanceof kind)).toBe(true);
      expect(there).toEqual([]);
    }
    await rm(into, { recursive: true });
  }

  it(
    'the file is refused whole, or taken as it was written',
    async () => {
      const lines = fc.asyncProperty(mutations, (all) =>
        imported(gzipSync(mutated(exported, all))),
      );
      await fc.assert(lines, { numRuns: MUTATIONS });
      const packed = gzipSync(exported);
      const bytes = fc.asyncProperty(mutations, (all) => imported(mutated(packed, all)));
      await fc.assert(bytes, { numRuns: FOLDERS });
    },
    20 * MINUTES,
  );

  it(
    'the backup is refused before anything is put back, or put back whole',
    async () => {
      const names = (await readdir(saved, { recursive: true, withFileTypes: true }))
        .filter((one) => one.isFile())
        .map((one) => join(one.parentPath, one.name).slice(saved.length + 1));
      const operator = { account: 'operator', name: 'Người vận hành' } as never;
      const property = fc.asyncProperty(fc.constantFrom(...names), mutations, async (name, all) => {
        const [from, to] = [await newFolder(), await newFolder()];
        await cp(saved, from, { recursive: true });
        const whole = await readFile(join(from, name));
        const changed = mutated(whole, all);
        await writeFile(join(from, name), changed);
        const config = loadConfig({ DATA_DIR: to });
        const error: unknown = await restore(config, from, operator).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error === undefined) {
          // Put back: the log as it was, and what it says of the loss.
          const there = await idsIn(join(to, 'events.db'));
          expect(there.slice(0, events.length)).toEqual(events);
        } else {
          expect([name, error]).toEqual([name, expect.any(RangeError)]);
          expect((await readdir(to)).filter((one) => one.startsWith('events.db'))).toEqual([]);
        }
        await Promise.all([from, to].map((one) => rm(one, { recursive: true })));
      });
      await fc.assert(property, { numRuns: FOLDERS });
    },
    20 * MINUTES,
  );
});
