import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { drawSeal, drawSignature } from './draw-specimens.ts';
import { letters } from './lettering/tinos-bold.ts';
import { writeArc, writeLine } from './lettering/write.ts';

const line = { x: 0, y: 0, size: 50, maxWidth: 800 };
const count = (svg: string) => svg.match(/<path /g)?.length ?? 0;
const transforms = (svg: string) => [...svg.matchAll(/transform="([^"]*)"/g)].map(([, all]) => all);

describe('Lettering', () => {
  it('has every letter Vietnamese is written with, each with an outline', () => {
    const vowels = [...'aăâeêioôơuưy'];
    const tones = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
    const toned = vowels.flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC')));
    const small = [...toned, ...'bcdđghklmnpqrstvxfjwz'];
    const all = [...small, ...small.map((letter) => letter.toUpperCase()), ...'0123456789.,-/()'];
    const missing = all.filter((letter) => !/^\d+ M[-\d]/.test(letters[letter] ?? ''));
    expect(missing).toEqual([]);
  });

  it('has outlines made of whole commands only', () => {
    const broken = Object.entries(letters).filter(
      ([, shape]) => !/^\d+ (?:(?:[ML]-?\d+ -?\d+|Q-?\d+ -?\d+ -?\d+ -?\d+|Z))*$/.test(shape),
    );
    expect(broken).toEqual([]);
  });

  it('draws a letter for each but spaces, composed or not', () => {
    expect(count(writeLine('Nguyễn Văn An', line))).toBe(11);
    expect(writeLine('Nguyễn'.normalize('NFD'), line)).toBe(writeLine('Nguyễn', line));
  });

  it('sets smaller what would not fit', () => {
    const scale = (svg: string) => Number(/scale\(([\d.]+)\)/.exec(svg)?.[1]);
    expect(scale(writeLine('Công chứng viên', line))).toBe(0.05);
    expect(scale(writeLine('Công chứng viên', { ...line, maxWidth: 100 }))).toBeLessThan(0.02);
    const arc = { radius: 100, size: 50, maxDegrees: 90, side: 'top' } as const;
    expect(scale(writeArc('Ủy ban nhân dân', arc))).toBeLessThan(0.03);
  });

  it('turns letters around a circle the same to both sides of its top', () => {
    const around = transforms(
      writeArc('AVA', { radius: 100, size: 20, maxDegrees: 180, side: 'top' }),
    );
    const degrees = around.map((all) => Number(/rotate\(([-\d.e]+)\)/.exec(all ?? '')?.[1]));
    expect(degrees[1]).toBeCloseTo(0);
    expect(degrees[0]).toBeCloseTo(-(degrees[2] ?? 0));
    expect(degrees[0]).toBeLessThan(0);
  });

  it('says which letter it lacks', () => {
    expect(() => writeLine('印', line)).toThrow('no letter for "印"');
  });
});

describe('Drawn specimens', () => {
  const signer = { fullName: 'Nguyễn Văn An', title: 'Phó Chủ tịch UBND' };
  const agency = { agency: 'UBND xã Dương Quang', place: 'Tỉnh Bắc Kạn' };

  it('are PNG on transparent ground, of the width asked for', async () => {
    const signature = await sharp(await drawSignature({ ...signer, width: 450 })).metadata();
    expect(signature).toMatchObject({ format: 'png', width: 450, height: 250, hasAlpha: true });
    const seal = await sharp(await drawSeal({ ...agency, width: 360 })).metadata();
    expect(seal).toMatchObject({ format: 'png', width: 360, height: 360, hasAlpha: true });
  });

  it('are JPEG on white where that is asked for', async () => {
    const seal = await drawSeal({ ...agency, format: 'jpeg' });
    const { data, info } = await sharp(seal).raw().toBuffer({ resolveWithObject: true });
    expect((await sharp(seal).metadata()).format).toBe('jpeg');
    expect([...data.subarray(0, info.channels)]).toEqual([255, 255, 255]);
  });

  it('are the same each time, and differ from signer to signer', async () => {
    const first = await drawSignature(signer);
    expect((await drawSignature(signer)).equals(first)).toBe(true);
    expect((await drawSignature({ ...signer, fullName: 'Trần Thị Mỹ Lệ' })).equals(first)).toBe(
      false,
    );
  });

  it('leave nothing outside the picture', async () => {
    const names = [
      'Nguyễn Văn An',
      'Trần Thị Mỹ Lệ',
      'Hoàng Đức Thắng',
      'Lê Quốc Khánh',
      'Y Blơ',
      'Đỗ Ơn',
    ];
    for (const fullName of names) {
      const { data, info } = await sharp(await drawSignature({ ...signer, fullName }))
        .extractChannel('alpha')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const edge = [...data.keys()].filter(
        (at) => at % info.width === 0 || at % info.width === info.width - 1 || at < info.width,
      );
      expect(edge.every((at) => data[at] === 0)).toBe(true);
    }
  });
});
