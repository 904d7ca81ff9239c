import { access, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import jsqr from 'jsqr';
import { readSheet } from 'read-excel-file/node';
import {
  cut,
  hasPainter,
  hasValidator,
  painted,
  share,
  validated,
  type Picture,
} from '../../test/support/pdf-tools.ts';
import { seal } from '../../test/support/draw/index.ts';
import { annotation, inPages, manyRows, order, paperRow } from '../../test/support/paper-rows.ts';
import { BadForms, printRegister, readLayouts, type Format, type PrintOrder } from './index.ts';
import { Print, type Printed } from './print.ts';
import { PrintFailed } from './printing.ts';
import { rowAsOf, type PaperRow } from './row.ts';

const NEVER = new AbortController().signal;
const sealed = async () => ({
  version: 2,
  sha256: 'a'.repeat(64),
  png: await seal({ width: 400 }),
});
let folder: string;
const at = (name: string): string => join(folder, name);

interface Given {
  readonly name?: string;
  readonly order?: Partial<PrintOrder>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number) => void;
}

const print = (format: Format, rows: Iterable<PaperRow>, given: Given = {}): Promise<Printed> =>
  printRegister({
    path: at(given.name ?? `so.${format}`),
    format,
    order: order(given.order),
    rows: inPages(rows),
    signal: given.signal ?? NEVER,
    onProgress: given.onProgress ?? (() => undefined),
  });

const corrected = paperRow(2, {
  requester: 'Lê Thị Cúc Hoa',
  state: 'corrected',
  annotations: [
    annotation({ changes: { requester: { from: 'Lê Thị Cúc', to: 'Lê Thị Cúc Hoa' } } }),
  ],
});
const voided = paperRow(3, { state: 'voided', annotations: [annotation({ kind: 'voided' })] });
const revoked = paperRow(4, {
  state: 'revoked',
  annotations: [
    annotation({ kind: 'revoked', decisionNumber: '12/QĐ-UBND', decisionDate: '2024-06-09' }),
  ],
});
/** What people type: formulas, letters no font of ours has, a word wider than its column, a text longer than a page. */
const wild = paperRow(5, {
  requester: '=cmd|"/c calc"!A1',
  documentTitle: `${'X'.repeat(300)} ${'dài '.repeat(800)}`,
  note: '@SUM(A1) 🙂 漢字 \u202e',
});
const story = [paperRow(1), corrected, voided, revoked, wild];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a register printed', () => {
  it.each(['pdf', 'xlsx', 'csv'] as const)(
    'as %s is the same bytes for the same moment, and others for another',
    async (format) => {
      const first = await print(format, story);
      const again = await print(format, story, { name: `again.${format}` });
      expect(again).toEqual(first);
      expect(await readFile(at(`again.${format}`))).toEqual(await readFile(at(`so.${format}`)));
      const other = await print(format, story.slice(1), { name: `other.${format}` });
      expect(other.sha256).not.toBe(first.sha256);
    },
  );

  it('tells how far it is, row by row to the last', async () => {
    const told: number[] = [];
    const { rows } = await print('csv', manyRows(1200), { onProgress: (done) => told.push(done) });
    expect([rows, told]).toEqual([1200, [500, 1000, 1200]]);
  });

  it('leaves nothing behind when it is called off, and says why', async () => {
    const stopping = new AbortController();
    const called = new Error('called off');
    const onProgress = (): void => stopping.abort(called);
    const given = { name: 'off.pdf', signal: stopping.signal, onProgress };
    await expect(print('pdf', manyRows(5000), given)).rejects.toBe(called);
    expect((await readdir(folder)).filter((name) => name.startsWith('off'))).toEqual([]);
  });

  it('fails where the file cannot be written, and leaves nothing behind', async () => {
    await expect(print('pdf', story, { name: 'nowhere/so.pdf' })).rejects.toThrow(PrintFailed);
    await expect(access(at('nowhere'))).rejects.toThrow();
  });

  it('leaves nothing behind, and nobody waiting, where a row cannot be printed', async () => {
    for (const format of ['pdf', 'xlsx', 'csv'] as const) {
      const one = new Print(at(`row.${format}`), format, order());
      const row = Object.defineProperty({ ...paperRow(1) }, 'requester', {
        get: () => {
          throw new Error('unprintable');
        },
      });
      await expect(one.print([row])).rejects.toThrow('unprintable');
      await one.abandon();
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('row'))).toEqual([]);
  });

  it('is printed beside another, each with its own bytes', async () => {
    const alone = await print('pdf', manyRows(300), { name: 'alone.pdf' });
    const both = await Promise.all([
      print('pdf', manyRows(300), { name: 'one.pdf' }),
      print('xlsx', manyRows(300), { name: 'two.xlsx' }),
    ]);
    expect(both[0]).toEqual(alone);
  });

  it('keeps its memory when the register is long', async () => {
    const before = process.memoryUsage().rss;
    let most = before;
    const onProgress = (): void => {
      most = Math.max(most, process.memoryUsage().rss);
    };
    const { rows, pages } = await print('pdf', manyRows(20_000), { name: 'long.pdf', onProgress });
    expect([rows, Number(pages) > 900]).toEqual([20_000, true]);
    // Its words and pages alone are some 60 MB; the rows would be as much again, and so would the file.
    expect((most - before) / 1e6).toBeLessThan(350);
  }, 120_000);
});

describe('the workbook', () => {
  it('has real dates and numbers, and texts that look like formulas as texts', async () => {
    await print('xlsx', story, { name: 'cells.xlsx' });
    const [, , , , , head, first, , , , last] = await readSheet(at('cells.xlsx'));
    expect(head?.[1]).toBe('Ngày, tháng, năm chứng thực');
    expect(first?.[1]).toEqual(new Date('2024-05-10T00:00:00.000Z'));
    expect(first?.slice(5, 7)).toEqual([2, 20_000]);
    expect(last?.[2]).toBe('=cmd|"/c calc"!A1');
  });

  it('sums on a sheet of its own, voided numbers apart, and lists what came later', async () => {
    const since = { revision: 10, text: 'khi khóa sổ ngày 31/12/2024' };
    await print('xlsx', story, { name: 'sums.xlsx', order: { since } });
    const rows = await readSheet(at('sums.xlsx'), 'Tổng hợp');
    const told = new Map(rows.map(([label, value]) => [label, value]));
    expect(told.get('Các số đã cấp')).toBe('từ 001/ĐT đến 005/ĐT');
    expect(told.get('Số việc đã chứng thực')).toBe(4);
    expect(told.get('Số bản sao (bản dịch) đã chứng thực')).toBe(8);
    expect(told.get('Tổng lệ phí/phí đã thu (đồng)')).toBe(80_000);
    expect(told.get('Số đã hủy')).toBe(1);
    expect(told.get('Số 002/ĐT')).toContain('Lê Thị Cúc → Lê Thị Cúc Hoa');
    expect(told.has('Các thay đổi sau khi khóa sổ ngày 31/12/2024')).toBe(true);
  });
});

describe('the CSV', () => {
  it('is what Excel takes for UTF-8, with dates as people write them and no formulas', async () => {
    await print('csv', story);
    const bytes = await readFile(at('so.csv'));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines: string[][] = parse(bytes, { bom: true });
    const [head, first, , third, , wildRow] = lines;
    expect(head?.slice(-2)).toEqual(['Quyển số', 'Trạng thái']);
    expect(first?.slice(0, 3)).toEqual(['001/ĐT', '10/05/2024', 'Đặng Thị Ánh Nguyệt']);
    expect(third?.at(-1)).toBe('Đã hủy số');
    expect(wildRow?.[2]).toBe('\'=cmd|"/c calc"!A1');
    expect(wildRow?.[7]).toMatch(/^'@SUM/);
  });
});

describe('an entry as it was at a revision', () => {
  const twice = {
    ...corrected,
    assignedRevision: 5,
    copies: 4,
    annotations: [
      ...corrected.annotations,
      annotation({ revision: 70, changes: { copies: { from: 2, to: 4 } } }),
      annotation({ revision: 90, kind: 'voided' }),
    ],
    state: 'voided',
  };
  const asOf = (revision: number) => rowAsOf(JSON.parse(JSON.stringify(twice)) as never, revision);

  it('is told without what was done to it later', () => {
    expect(asOf(4)).toBeUndefined();
    expect(asOf(5)).toMatchObject({ requester: 'Lê Thị Cúc', copies: 2, state: 'assigned' });
    expect(asOf(69)).toMatchObject({ requester: 'Lê Thị Cúc Hoa', copies: 2, state: 'corrected' });
    expect(asOf(89)).toMatchObject({ copies: 4, state: 'corrected' });
    expect(asOf(90)).toMatchObject({ copies: 4, state: 'voided' });
  });
});

describe('the file of forms', () => {
  it('is read, and refused by name with what is wrong in it', async () => {
    const columns = [{ field: 'numberText', label: 'Số', share: 1 }];
    const forms = [{ form: '280/2025/NĐ-CP', type: 'SCT.BS', columns }];
    await writeFile(at('forms.json'), JSON.stringify(forms));
    expect(readLayouts(at('forms.json'))[0]).toEqual(forms[0]);
    await writeFile(at('bad.json'), '[{');
    expect(() => readLayouts(at('bad.json'))).toThrow(BadForms);
    expect(() => readLayouts(at('none.json'))).toThrow(/none\.json/);
  });
});

(hasValidator ? describe : describe.skip)('held against PDF/A-2b by veraPDF', () => {
  it('keeps every rule, with whatever people typed, with nothing in it, and over many pages', async () => {
    await print('pdf', story, { name: 'a.pdf' });
    await print('pdf', [], { name: 'b.pdf', order: { books: [], checkpoint: null } });
    await print('pdf', manyRows(400), { name: 'c.pdf' });
    await print('pdf', story, { name: 'd.pdf', order: { seal: await sealed() } });
    const told = await validated(...['a', 'b', 'c', 'd'].map((name) => at(`${name}.pdf`)));
    expect(told.map((line) => line.split(' ')[0])).toEqual(['valid', 'valid', 'valid', 'valid']);
  }, 120_000);

  it('would tell a file that is none', async () => {
    const whole = await readFile(at('a.pdf'), 'latin1');
    // Of the same length: what says which part of the standard it keeps.
    await writeFile(at('not-a.pdf'), whole.replace('<pdfaid:part>2', '<pdfaid:part>9'), 'latin1');
    expect((await validated(at('not-a.pdf')))[0]).toMatch(/^broken/);
  }, 120_000);
});

(hasPainter ? describe : describe.skip)('the pages, seen', () => {
  const BLACK = [0, 110] as const;
  const GREY = [230, 245] as const;
  let pages: readonly Picture[];
  const page = (number: number): Picture => {
    const found = pages[number - 1];
    if (!found) throw new Error(`there is no page ${number}`);
    return found;
  };
  const head = { x: [0.04, 0.96], y: [0.05, 0.115] } as const;

  beforeAll(async () => {
    const rows = [...manyRows(60)].map((row) => (row.number === 3 ? { ...voided } : row));
    await print('pdf', rows, { name: 'seen.pdf' });
    pages = await painted(at('seen.pdf'), 144);
  }, 60_000);

  it('lie on A4, and are as many as were told', async () => {
    const { pages: told } = await print('pdf', manyRows(60), { name: 'count.pdf' });
    expect(pages).toHaveLength(Number(told));
    const { width, height } = page(1);
    expect([Math.abs(width - 1684) <= 1, Math.abs(height - 1191) <= 1]).toEqual([true, true]);
  });

  it('begin with quốc hiệu at the upper right, the agency at the left, and the title in the middle', () => {
    const inked = (x: readonly [number, number], y: readonly [number, number]): boolean =>
      share(cut(page(1), { x, y }), BLACK) > 0.02;
    expect(inked([0.55, 0.9], [0.07, 0.13])).toBe(true);
    expect(inked([0.15, 0.38], [0.07, 0.13])).toBe(true);
    expect(inked([0.35, 0.65], [0.32, 0.4])).toBe(true);
    expect(inked([0.1, 0.9], [0.75, 0.85])).toBe(false);
  });

  it('repeat the head of the table', () => {
    const first = cut(page(2), head);
    expect(share(first, BLACK)).toBeGreaterThan(0.03);
    expect(Buffer.compare(cut(page(3), head).pixels, first.pixels)).toBe(0);
    expect(Buffer.compare(cut(page(1), head).pixels, first.pixels)).not.toBe(0);
  });

  it('lay grey behind a number that was voided, and behind no other', () => {
    expect(share(page(2), GREY)).toBeGreaterThan(0.02);
    expect(share(page(3), GREY)).toBeLessThan(0.01);
  });

  it('bear a code on each that says which log and which register', async () => {
    for (const one of await painted(at('seen.pdf'), 200)) {
      const code = cut(one, { x: [0.87, 0.97], y: [0.87, 1] });
      const colours = Uint8ClampedArray.from(
        [...code.pixels].flatMap((grey) => [grey, grey, grey, 255]),
      );
      const read = jsqr.default(colours, code.width, code.height)?.data.split('\n');
      expect(read?.[0]).toBe('example.vn/so');
      expect(read?.[1]).toBe('104233');
      expect(read?.[3]).toBe('H03.12 SCTDT.BS 2024 1234');
    }
  });

  it('bear the seal the book was closed with beside who confirmed it, the same bytes each time', async () => {
    const [one, two] = [
      await print('pdf', story, { name: 'seal.pdf', order: { seal: await sealed() } }),
      await print('pdf', story, { name: 'seal-2.pdf', order: { seal: await sealed() } }),
    ];
    expect(two.sha256).toBe(one.sha256);
    await print('pdf', story, { name: 'bare.pdf' });
    const room = { x: [0.55, 0.78], y: [0.44, 0.6] } as const;
    const inked = async (name: string): Promise<number> => {
      const last = (await painted(at(name), 144)).at(-1);
      return last ? share(cut(last, room), [0, 225]) : 0;
    };
    expect(await inked('seal.pdf')).toBeGreaterThan((await inked('bare.pdf')) + 0.03);
  }, 60_000);

  it('end with room for signature and seal', () => {
    const last = page(pages.length);
    expect(share(cut(last, { x: [0.55, 0.95], y: [0.56, 0.64] }), BLACK)).toBeLessThan(0.002);
    expect(share(cut(last, { x: [0.55, 0.95], y: [0.44, 0.55] }), BLACK)).toBeGreaterThan(0.01);
  });
});
