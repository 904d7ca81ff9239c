import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { cut, hasPainter, painted, share, type Part } from '../../../test/support/pdf-tools.ts';
import { scan, type ScanOptions } from '../../../test/support/scans.ts';
import { signPdf } from '../../../test/support/sign-pdf.ts';
import { sha256Of } from './apply.ts';
import { Copies } from './copies.ts';
import type { StampOrder } from './drawing.ts';
import { PdfRefused } from './problem.ts';
import type { SignedCopy, StampedCopy } from './work.ts';

const asker = { account: 'binh.tran', signal: new AbortController().signal };
const facts = {
  numberText: '001/ĐT',
  bookName: '01/2024-SCTĐT/BS',
  certifiedOn: '2024-05-10',
  certifierFullName: 'Nguyễn Văn An',
  certifierTitle: 'Phó Chủ tịch UBND',
  authority: 'KT.',
} as const;
const bare: StampOrder = { facts, verificationCode: '01AV-9QXT-2B4C-WZ10' };

let copies: Copies;
let folder: string;
let pictured: StampOrder;

beforeAll(async () => {
  copies = new Copies();
  folder = await mkdtemp(join(tmpdir(), 'copies-'));
  const black = { create: { width: 300, height: 300, channels: 3, background: 'black' } } as const;
  const picture = await sharp(black).png().toBuffer();
  pictured = { ...bare, signature: picture, seal: picture };
});
afterAll(async () => {
  await copies.close();
  await rm(folder, { recursive: true });
});

type Given = Partial<{ order: StampOrder; place: 'bottom-right' | 'top-left' }>;

const stamp = (bytes: Buffer, given: Given = {}): Promise<StampedCopy> =>
  copies.do(asker, { kind: 'stamp', bytes, order: bare, place: 'bottom-right', ...given });

const sign = (bytes: Uint8Array, known: readonly Buffer[]): Promise<SignedCopy> => {
  const files = known.map((file) => ({ bytes: file.length, sha256: sha256Of(file) }));
  return copies.do(asker, { kind: 'sign', bytes, known: files });
};

const stampOf = async (options: ScanOptions, given?: Given): Promise<Buffer> =>
  Buffer.from((await stamp(scan(options), given)).bytes);

const refusal = (work: Promise<unknown>): Promise<{ code: string; details: object }> =>
  work.then(
    () => ({ code: 'none', details: {} }),
    (error: unknown) => {
      if (!(error instanceof PdfRefused)) throw error;
      const { code, details } = error as PdfRefused;
      return { code, details };
    },
  );

describe('a stamped copy', () => {
  it('is the scan, byte for byte, with an update behind it', async () => {
    const source = scan({ pages: 3 });
    const { file, bytes } = await stamp(source);
    expect(Buffer.from(bytes).subarray(0, source.length).equals(source)).toBe(true);
    expect(file).toMatchObject({ pages: 3, layout: 2, place: 'bottom-right', bytes: bytes.length });
    expect(file.sourceSha256).toBe(sha256Of(source));
    expect(file.sha256).toBe(sha256Of(bytes));
  });

  it('is the same file whenever it is made of the same, and another of anything else', async () => {
    const hash = async (...given: Parameters<typeof stamp>) => (await stamp(...given)).file.sha256;
    const first = await hash(scan(), { order: pictured });
    expect(await hash(scan(), { order: pictured })).toBe(first);
    const others = await Promise.all([
      hash(scan()),
      hash(scan({ pages: 2 }), { order: pictured }),
      hash(scan(), { order: pictured, place: 'top-left' }),
      hash(scan(), { order: { ...pictured, facts: { ...facts, certifiedOn: '2024-05-11' } } }),
    ]);
    expect(new Set([first, ...others]).size).toBe(5);
  });

  it.each<[string, ScanOptions]>([
    ['a plain page', {}],
    ['objects packed in streams', { table: 'stream', pages: 3 }],
    ['a crop', { crop: [100, 100, 495, 742] }],
    ['a small page', { size: [150, 210] }],
    ['A3 lying', { size: [1191, 842] }],
    ['a page turned right', { rotate: 90 }],
    ['a page upside down', { rotate: 180 }],
    ['a page turned left, of a crop', { rotate: 270, crop: [50, 60, 500, 700] }],
    ['a turn that is told backwards', { rotate: -90 }],
    ['content that leaves everything open', { content: 'q q 90 0 0 90 0 0 cm BT /x BMC' }],
    ['no content', { content: '' }],
  ])('has its stamp in the lower right corner of what is seen: %s', async (_name, options) => {
    if (!hasPainter) return;
    const bytes = await stampOf(options, { order: pictured });
    const path = join(folder, 'stamped.pdf');
    await writeFile(path, bytes);
    const last = (await painted(path, 100)).at(-1);
    if (!last) throw new Error('no page');
    const dark = (part: Part): number => share(cut(last, part), [0, 90]);
    const [width, height] = [last.width / 100, last.height / 100].map((inches) => inches * 72) as [
      number,
      number,
    ];
    // Its pictures are black here: they lie within the stamp's size of the corner, and nowhere else.
    const [wide, high] = [Math.min(0.95, 230 / width), Math.min(0.95, 200 / height)];
    expect(dark({ x: [1 - wide, 1], y: [1 - high, 1] })).toBeGreaterThan(0.15);
    if (wide < 0.5) expect(dark({ x: [0, 1 - wide], y: [0, 1] })).toBeLessThan(0.001);
    if (high < 0.5) expect(dark({ x: [0, 1], y: [0, 1 - high] })).toBeLessThan(0.001);
  });

  it('stands where it was asked for, and leaves the pages before as they are', async () => {
    if (!hasPainter) return;
    const options = { order: pictured, place: 'top-left' } as const;
    const path = join(folder, 'top-left.pdf');
    await writeFile(path, await stampOf({ pages: 2 }, options));
    const [first, last] = await painted(path, 100);
    if (!first || !last) throw new Error('two pages');
    expect(share(first, [0, 90])).toBe(0);
    expect(share(cut(last, { x: [0, 0.4], y: [0, 0.25] }), [0, 90])).toBeGreaterThan(0.15);
    expect(share(cut(last, { x: [0.5, 1], y: [0.5, 1] }), [0, 90])).toBe(0);
  });
});

const table = (start: number, size = 2): string =>
  `xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
/** A file with one object. */
const only = (object: string): Buffer => {
  const head = `%PDF-1.4\n1 0 obj\n${object}\nendobj\n`;
  return Buffer.from(head + table(head.length), 'latin1');
};

/** Megabytes of nothing, packed: a thousandth of it. */
const packed = (mebibytes: number): string =>
  deflateSync(Buffer.alloc(mebibytes * 1024 * 1024), { level: 9 }).toString('latin1');
const bombedTable = (): Buffer => {
  const bytes = packed(100);
  const about = `/Type/XRef/Size 2/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length ${bytes.length}`;
  const object = `1 0 obj\n<<${about}>>\nstream\n${bytes}\nendstream\nendobj\n`;
  return Buffer.from(`%PDF-1.5\n${object}startxref\n9\n%%EOF\n`, 'latin1');
};
const bombedContent = (): string => {
  const bytes = packed(100);
  return `<</Filter/FlateDecode/Length ${bytes.length}>>\nstream\n${bytes}\nendstream`;
};
const action = (kind: string): ScanOptions => ({ catalog: `/OpenAction<</S/${kind}>>` });
const JS = '/OpenAction<</S/JavaScript/JS(app.alert(1))>>';

describe('a file that is no scan', () => {
  it.each<[string, ScanOptions | Buffer, string]>([
    ['empty', Buffer.alloc(0), 'PDF_TYPE'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'PDF_TYPE'],
    ['a page of HTML', Buffer.from('<html>'), 'PDF_TYPE'],
    ['cut off', scan().subarray(0, 700), 'PDF_BROKEN'],
    [
      'encrypted',
      { trailer: '/Encrypt 90000 0 R', more: ['<</Filter/Standard>>'] },
      'PDF_ENCRYPTED',
    ],
    ['with a script', { catalog: JS }, 'PDF_ACTIVE'],
    ['with a script on a page', { page: '/AA<</O 90000 0 R>>' }, 'PDF_ACTIVE'],
    ['with a script packed away', { table: 'stream', catalog: JS }, 'PDF_ACTIVE'],
    ['that starts a program', action('Launch'), 'PDF_ACTIVE'],
    ['that sends a form', action('SubmitForm'), 'PDF_ACTIVE'],
    ['with a file in it', { catalog: '/Names<</EmbeddedFiles 90000 0 R>>' }, 'PDF_ACTIVE'],
    ['with XFA', { catalog: '/AcroForm<</XFA 90000 0 R>>' }, 'PDF_ACTIVE'],
    ['with a field', { catalog: '/AcroForm<</Fields[<</FT/Tx>>]>>' }, 'PDF_ACTIVE'],
    ['with layers', { catalog: '/OCProperties<<>>' }, 'PDF_ACTIVE'],
    ['with a note on its page', { page: '/Annots[<</Subtype/FreeText>>]' }, 'PDF_ACTIVE'],
    ['signed', { more: ['<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>'] }, 'PDF_SIGNED'],
    ['of too many pages', { pages: 1001 }, 'PDF_PAGES'],
    ['of a page as large as a stamp', { size: [80, 80] }, 'PDF_PAGE_SIZE'],
    ['of a page as large as a house', { size: [20_000, 20_000] }, 'PDF_PAGE_SIZE'],
    [
      'whose pages run in a circle',
      only('<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>'),
      'PDF_BROKEN',
    ],
    ['whose content takes back too much', { content: 'Q Q' }, 'PDF_BROKEN'],
    ['nested a million times', only('['.repeat(1e6)), 'PDF_TOO_COMPLEX'],
    ['of millions of numbers', only(`[${'1 '.repeat(3e6)}]`), 'PDF_TOO_COMPLEX'],
    ['whose table unpacks to a hundred times as much', bombedTable(), 'PDF_TOO_COMPLEX'],
    [
      'whose content does',
      { page: '/Contents 90000 0 R', more: [bombedContent()] },
      'PDF_TOO_COMPLEX',
    ],
    ['that refers to itself', only('1 0 R'), 'PDF_BROKEN'],
  ])('is refused: %s', async (_name, given, code) => {
    const bytes = Buffer.isBuffer(given) ? given : scan(given);
    expect((await refusal(stamp(bytes))).code).toBe(code);
  });

  it('is named for what it is found with', async () => {
    expect(await refusal(stamp(scan(action('Launch'))))).toEqual({
      code: 'PDF_ACTIVE',
      details: { found: 'launch' },
    });
  });

  it('is cut off where it takes longer than it may, and the next is none the worse', async () => {
    const hasty = new Copies(0.001);
    const work = { kind: 'stamp', bytes: scan(), order: bare, place: 'bottom-right' } as const;
    expect((await refusal(hasty.do(asker, work))).code).toBe('PDF_TOO_SLOW');
    await hasty.close();
    expect((await refusal(stamp(scan()))).code).toBe('none');
  });

  it('with links alone is a scan like any other', async () => {
    const link = '/Annots[<</Subtype/Link/A<</S/URI/URI(https://example.vn)>>>>]';
    expect((await refusal(stamp(scan({ page: link })))).code).toBe('none');
  });
});

describe('a file that came back from signing', () => {
  it('tells whose names are in its signatures, and which files it begins with', async () => {
    for (const options of [{}, { table: 'stream' }] as const) {
      const stamped = await stampOf(options);
      const once = await signPdf(stamped);
      const twice = await signPdf(once, 'UBND xã Ba Bể');
      expect(await sign(once, [stamped])).toEqual({
        file: { sha256: sha256Of(once), bytes: once.length, signers: ['Nguyễn Văn An'] },
        beginsWith: [sha256Of(stamped)],
      });
      const { file, beginsWith } = await sign(twice, [stamped, once]);
      expect(file.signers).toEqual(['Nguyễn Văn An', 'UBND xã Ba Bể']);
      expect(beginsWith).toEqual([sha256Of(stamped), sha256Of(once)]);
    }
  });

  it('tells the name of who signed, whichever certificate stands first', async () => {
    const stamped = await stampOf({});
    const signed = await signPdf(stamped, 'Nguyễn Văn An', { behind: 'CA Bộ Nội vụ' });
    expect((await sign(signed, [stamped])).file.signers).toEqual(['Nguyễn Văn An']);
  });

  it('is refused without a signature', async () => {
    const stamped = await stampOf({});
    expect((await refusal(sign(stamped, [stamped]))).code).toBe('PDF_UNSIGNED');
  });

  it('is refused, or another file, where a byte is another than was signed', async () => {
    const stamped = await stampOf({});
    const signed = await signPdf(stamped);
    for (const at of [signed.indexOf('/SubFilter') + 1, signed.indexOf('/Widget') + 1]) {
      const changed = Buffer.from(signed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect((await refusal(sign(changed, [stamped]))).code).toBe('PDF_SIGNATURE');
    }
    const inside = Buffer.from(signed);
    inside[600] = (inside[600] ?? 0) ^ 1;
    const { beginsWith, file } = await sign(inside, [stamped]);
    expect([beginsWith, file.signers]).toEqual([[], []]);
  });

  it('is refused where its signature is of something that it encloses', async () => {
    const stamped = await stampOf({});
    const attached = Buffer.from('Kính gửi phòng Tư pháp');
    const signed = await signPdf(stamped, 'Nguyễn Văn An', { attached });
    expect((await refusal(sign(signed, [stamped]))).code).toBe('PDF_SIGNATURE');
  });

  it('is refused where something stands behind its last signature', async () => {
    const stamped = await stampOf({});
    const signed = await signPdf(stamped);
    const more = Buffer.concat([signed, Buffer.from('\n1 0 obj\n<<>>\nendobj\n')]);
    const text = more.toString('latin1');
    const start = /startxref\n(\d+)\n%%EOF\n$/.exec(signed.toString('latin1'))?.[1] ?? '';
    const whole = Buffer.from(`${text}startxref\n${start}\n%%EOF\n`, 'latin1');
    expect(await refusal(sign(whole, [stamped]))).toEqual({
      code: 'PDF_SIGNATURE',
      details: { at: 1 },
    });
  });

  it('is not looked at further where it begins with another file', async () => {
    const signed = await signPdf(await stampOf({ pages: 2 }));
    const { file, beginsWith } = await sign(signed, [await stampOf({})]);
    expect([file.signers, beginsWith]).toEqual([[], []]);
  });
});
