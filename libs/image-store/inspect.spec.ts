import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import * as draw from '../../test/support/draw/index.ts';
import type { ImageFacts, ImageKind, ImageProblem, ImageWarning } from './findings.ts';
import { sha256Of } from './hash.ts';
import { inspectImage, MAX_BYTES } from './inspect.ts';
import { cropPicture, renderImage } from './render.ts';

const MIB = 1024 * 1024;

async function problemOf(bytes: Buffer, kind: ImageKind = 'seal'): Promise<ImageProblem> {
  const inspection = await inspectImage(bytes, kind);
  if (inspection.ok) throw new Error('the image was accepted');
  return inspection.problem;
}

async function accepted(
  bytes: Buffer,
  kind: ImageKind = 'seal',
): Promise<{ facts: ImageFacts; warnings: readonly ImageWarning[]; codes: string[] }> {
  const inspection = await inspectImage(bytes, kind);
  if (!inspection.ok) throw new Error(`refused: ${JSON.stringify(inspection.problem)}`);
  const { facts, warnings } = inspection;
  return { facts, warnings, codes: warnings.map(({ code }) => code) };
}

describe('A picture as recommended', () => {
  it('is accepted without a word: a red seal, PNG on transparent ground', async () => {
    const bytes = await draw.seal();
    const { facts, warnings } = await accepted(bytes);
    expect(warnings).toEqual([]);
    expect(facts).toMatchObject({
      sha256: sha256Of(bytes),
      mediaType: 'image/png',
      width: 800,
      height: 800,
      bytes: bytes.length,
      hasAlpha: true,
    });
    expect(facts.sharpness).toBeGreaterThan(0.5);
    expect(facts.contrast).toBeGreaterThan(0.7);
    expect(facts.transparent).toBeGreaterThan(0.7);
    expect(facts.colour).toBeGreaterThan(0.95);
  });

  it('is accepted without a word: a blue signature, PNG on transparent ground', async () => {
    const { facts, warnings } = await accepted(await draw.signature(), 'signature');
    expect(warnings).toEqual([]);
    expect(facts).toMatchObject({ width: 900, height: 500 });
    expect(facts.colour).toBeGreaterThan(0.95);
  });

  it.each([300, 512, 1200, 3000])('is one whether %i px wide or another size', async (width) => {
    expect((await accepted(await draw.seal({ width }))).warnings).toEqual([]);
  });
});

describe('The recommendation of PNG with transparent ground', () => {
  it('is missed by JPEG', async () => {
    const { facts, warnings } = await accepted(await draw.seal({ format: 'jpeg' }));
    const details = { mediaType: 'image/jpeg', transparent: 0, recommended: 0.3 };
    expect(warnings).toEqual([{ code: 'IMAGE_WARN', details }]);
    expect(facts).toMatchObject({ mediaType: 'image/jpeg', hasAlpha: false });
  });

  it('is missed by WebP, even a transparent one', async () => {
    const webp = await sharp(await draw.seal())
      .webp()
      .toBuffer();
    const { facts, codes } = await accepted(webp);
    expect(codes).toEqual(['IMAGE_WARN']);
    expect(facts).toMatchObject({ mediaType: 'image/webp', hasAlpha: true });
  });

  it('is missed by a PNG without alpha', async () => {
    const flat = await sharp(await draw.signature())
      .flatten({ background: 'white' })
      .png()
      .toBuffer();
    expect((await accepted(flat, 'signature')).codes).toEqual(['IMAGE_WARN']);
  });

  it('is missed by a PNG whose alpha is opaque everywhere', async () => {
    const flat = sharp(await draw.signature()).flatten({ background: 'white' });
    const { facts, codes } = await accepted(await flat.ensureAlpha().png().toBuffer(), 'signature');
    expect(facts.hasAlpha).toBe(true);
    expect(codes).toEqual(['IMAGE_WARN']);
  });

  it('is missed by a seal on a white disc that is transparent only around it', async () => {
    const disc = Buffer.from(
      '<svg width="800" height="800"><circle cx="400" cy="400" r="400" fill="#fff"/></svg>',
    );
    const picture = sharp(disc).composite([{ input: await draw.seal() }]);
    expect((await accepted(await picture.png().toBuffer())).codes).toEqual(['IMAGE_WARN']);
  });
});

describe('The recommended colour', () => {
  it.each(['#d0121b', '#c00', '#e23a4e', '#b5122b', '#f0b0b0'])(
    'of a seal is red: %s',
    async (ink) => {
      expect((await accepted(await draw.seal({ ink }))).codes).not.toContain('IMAGE_WARN_COLOUR');
    },
  );

  it.each(['#1c3fa8', '#0a2a8c', '#3b6fd4', '#0b3fff'])(
    'of a signature is blue: %s',
    async (ink) => {
      const { codes } = await accepted(await draw.signature({ ink }), 'signature');
      expect(codes).not.toContain('IMAGE_WARN_COLOUR');
    },
  );

  it.each(['#000000', '#1c3fa8', '#157a2e', '#7a7a7a'])('of a seal is not %s', async (ink) => {
    const { warnings } = await accepted(await draw.seal({ ink }));
    const details = { colour: 'red', share: 0, recommended: 0.5 };
    expect(warnings).toEqual([{ code: 'IMAGE_WARN_COLOUR', details }]);
  });

  it.each(['#000000', '#d0121b', '#157a2e'])('of a signature is not %s', async (ink) => {
    const { warnings } = await accepted(await draw.signature({ ink }), 'signature');
    const details = { colour: 'blue', share: 0, recommended: 0.15 };
    expect(warnings).toEqual([{ code: 'IMAGE_WARN_COLOUR', details }]);
  });

  it('of a signature is met by blue strokes over a name printed in black', async () => {
    const blue = sharp(await draw.signature());
    const strokes = await blue
      .extract({ left: 0, top: 0, width: 900, height: 320 })
      .png()
      .toBuffer();
    const black = sharp(await draw.signature({ ink: '#000' }));
    const picture = sharp({
      create: { width: 900, height: 500, channels: 4, background: 'transparent' },
    }).composite([
      { input: strokes, left: 0, top: 0 },
      {
        input: await black.extract({ left: 0, top: 320, width: 900, height: 180 }).png().toBuffer(),
        left: 0,
        top: 320,
      },
    ]);
    expect((await accepted(await picture.png().toBuffer(), 'signature')).codes).toEqual([]);
  });
});

describe('A seal must be clear', () => {
  it('and is when scanned cheaply: noise, yellowish paper, JPEG of quality 60', async () => {
    for (const width of [300, 800, 2000]) {
      const { codes } = await accepted(await draw.scanned(await draw.seal({ width })));
      expect(codes).toEqual(['IMAGE_WARN']);
    }
  });

  it.each([300, 800, 2000])('and is doubtful when soft, at %i px', async (width) => {
    const picture = await draw.blurred(await draw.seal({ width }), 0.008);
    const { warnings } = await accepted(picture);
    expect(warnings.map(({ code }) => code)).toEqual(['IMAGE_WARN_SHARPNESS']);
    expect(warnings[0]?.details).toMatchObject({ recommended: 0.15 });
    const { codes } = await accepted(await draw.scanned(picture));
    expect(codes).toEqual(['IMAGE_WARN', 'IMAGE_WARN_SHARPNESS']);
  });

  it.each([300, 800, 2000])(
    'and is refused when its letters run together, at %i px',
    async (width) => {
      const picture = await draw.blurred(await draw.seal({ width }), 0.016);
      const problem = await problemOf(picture);
      expect(problem).toMatchObject({ code: 'IMAGE_BLURRED', details: { least: 0.08 } });
      expect(await problemOf(await draw.scanned(picture))).toMatchObject({ code: 'IMAGE_BLURRED' });
    },
  );

  it('and the more it is blurred, the less its figure, also under noise', async () => {
    const clear = await draw.seal();
    const figures: number[] = [];
    for (const share of [0.0005, 0.001, 0.002, 0.004, 0.008]) {
      const { facts } = await accepted(await draw.scanned(await draw.blurred(clear, share)));
      figures.push(facts.sharpness);
    }
    expect(figures).toEqual(figures.toSorted((a, b) => b - a));
  });

  it('and is doubtful when pale, refused when hardly there, blank when gone', async () => {
    const pale = await accepted(await draw.seal({ ink: '#f0b0b0' }));
    expect(pale.warnings).toMatchObject([
      { code: 'IMAGE_WARN_CONTRAST', details: { recommended: 0.3 } },
    ]);
    const faint = await problemOf(await draw.seal({ ink: '#fbe4e4' }));
    expect(faint).toEqual({
      code: 'IMAGE_LOW_CONTRAST',
      details: { contrast: expect.closeTo(0.09, 2), least: 0.12 },
    });
    expect(await problemOf(await draw.seal({ ink: '#fffafa' }))).toMatchObject({
      code: 'IMAGE_BLANK',
    });
  });

  it('and is doubtful when small', async () => {
    const { warnings } = await accepted(await draw.seal({ width: 200 }));
    const details = { width: 200, height: 200, recommended: 300 };
    expect(warnings).toEqual([{ code: 'IMAGE_WARN_SIZE', details }]);
  });

  it('and a signature is only advised to be: soft is doubtful, small is no matter', async () => {
    expect((await accepted(await draw.signature({ width: 400 }), 'signature')).codes).toEqual([]);
    const soft = await draw.blurred(await draw.signature({ width: 400 }), 0.008);
    expect((await accepted(soft, 'signature')).codes).toEqual(['IMAGE_WARN_SHARPNESS']);
    const pale = await draw.signature({ ink: '#bccbf0' });
    expect((await accepted(pale, 'signature')).codes).toEqual(['IMAGE_WARN_CONTRAST']);
  });

  it('and a signature is refused only when hardly there', async () => {
    const faint = await draw.signature({ ink: '#e8eefc' });
    expect(await problemOf(faint, 'signature')).toMatchObject({ code: 'IMAGE_LOW_CONTRAST' });
  });
});

describe('A blank picture is refused', () => {
  it.each(['signature', 'seal'] as const)('as a %s', async (kind) => {
    const details = { contrast: 0, leastContrast: 0.04, sharpness: 0, leastSharpness: 0.02 };
    expect(await problemOf(await draw.blank(), kind)).toEqual({ code: 'IMAGE_BLANK', details });
  });

  it('whatever its one colour', async () => {
    const red = await draw.blank(600, 400, '#d0121b');
    expect(await problemOf(red)).toMatchObject({ code: 'IMAGE_BLANK' });
  });

  it('when it is nothing but transparent', async () => {
    const background = { r: 0, g: 0, b: 0, alpha: 0 };
    const nothing = sharp({ create: { width: 400, height: 400, channels: 4, background } }).png();
    expect(await problemOf(await nothing.toBuffer())).toMatchObject({ code: 'IMAGE_BLANK' });
  });

  it('when white is drawn on transparent, which no paper shows', async () => {
    const white = await draw.signature({ ink: '#ffffff' });
    expect(await problemOf(white, 'signature')).toMatchObject({ code: 'IMAGE_BLANK' });
  });

  it('when it is a scan of an empty sheet, noise and all', async () => {
    const sheet = await draw.scanned(await draw.blank(800, 600));
    expect(await problemOf(sheet, 'signature')).toMatchObject({ code: 'IMAGE_BLANK' });
  });

  it('when it is an empty sheet in the shade', async () => {
    expect(await problemOf(await draw.shaded(), 'signature')).toMatchObject({
      code: 'IMAGE_BLANK',
      details: { contrast: expect.closeTo(0.23, 1), sharpness: expect.closeTo(0, 1) },
    });
  });
});

describe('A file that is no PNG, JPEG or WebP is refused', () => {
  it('when it is empty', async () => {
    expect(await problemOf(Buffer.alloc(0))).toEqual({ code: 'FILE_EMPTY', details: {} });
  });

  const others = Object.entries(draw.notPictures) as [keyof typeof draw.notPictures, Buffer][];
  it.each(others)('when it is %s', async (found, bytes) => {
    expect(await problemOf(bytes)).toEqual({ code: 'FILE_TYPE', details: { found, at: 0 } });
  });

  it('when it merely begins like one', async () => {
    for (const start of [
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
      'RIFF\x04\0\0\0WEBP',
      'RIFF\0\0\0\0WEBP',
    ]) {
      expect(await problemOf(Buffer.from(start, 'latin1'))).toMatchObject({ code: 'FILE_BROKEN' });
    }
    const dressed = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      draw.notPictures.executable,
    ]);
    expect(await problemOf(dressed)).toMatchObject({ code: 'FILE_BROKEN' });
  });

  const joined = ['archive', 'executable', 'html', 'pdf', 'svg'] as const;
  it.each(joined)('when %s is joined on behind the picture', async (found) => {
    const pictures = [
      await draw.seal(),
      await draw.seal({ format: 'jpeg' }),
      await sharp(await draw.seal())
        .webp()
        .toBuffer(),
    ];
    for (const picture of pictures) {
      const polyglot = Buffer.concat([picture, draw.notPictures[found]]);
      const details = { found, at: picture.length };
      expect(await problemOf(polyglot)).toEqual({ code: 'FILE_TYPE', details });
    }
  });

  it('when an archive is joined on behind bytes that say nothing', async () => {
    const padded = Buffer.concat([await draw.seal(), Buffer.alloc(100, 0x20), draw.zip()]);
    expect(await problemOf(padded)).toMatchObject({
      code: 'FILE_TYPE',
      details: { found: 'archive' },
    });
  });

  it('but not when a camera has put a second picture behind the first', async () => {
    const photo = await draw.seal({ format: 'jpeg' });
    expect((await accepted(Buffer.concat([photo, photo]))).codes).toEqual(['IMAGE_WARN']);
  });
});

describe('A JPEG as programs really write it', () => {
  const file = (name: string) => readFile(join(import.meta.dirname, '../../test/cases', name));

  it.each(['seal-sos-params.jpg', 'seal-16-bytes-between-segments.jpg'])(
    'is a picture like any other, served whole: %s',
    async (name) => {
      const bytes = await file(name);
      expect((await accepted(bytes)).facts).toMatchObject({ width: 220, height: 220 });
      const { bytes: served } = await renderImage(bytes, 'full');
      const [there, shown] = await Promise.all(
        [bytes, served].map((one) => sharp(one, { failOn: 'none' }).raw().toBuffer()),
      );
      const apart = (there ?? Buffer.alloc(0)).map((value, at) =>
        Math.abs(value - (shown?.[at] ?? 0)),
      );
      expect(apart.length).toBeGreaterThan(0);
      expect(apart.every((difference) => difference < 60)).toBe(true);
    },
  );

  it('keeps how it is turned, and nothing that was written beside the picture', async () => {
    const turned = await sharp(await draw.seal({ format: 'jpeg', width: 400 }))
      .extend({ bottom: 200, background: 'white' })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await accepted(turned)).facts).toMatchObject({ width: 600, height: 400 });
  });

  it('is whole without the two bytes that say so', async () => {
    const picture = await draw.seal({ format: 'jpeg' });
    const { facts } = await accepted(picture.subarray(0, -2));
    expect(facts).toMatchObject({ width: 800, height: 800 });
    expect(await problemOf(picture.subarray(0, -400))).toMatchObject({ code: 'FILE_BROKEN' });
  });

  it.each([
    ['lossless', () => file('signature-lossless.jpg')],
    ['arithmetic', async () => jpegOfKind(await draw.seal({ format: 'jpeg' }), 0xc9)],
    ['hierarchical', async () => jpegOfKind(await draw.seal({ format: 'jpeg' }), 0xc5)],
  ] as const)('is refused by its name where hardly any viewer shows it: %s', async (kind, make) => {
    expect(await problemOf(await make(), 'signature')).toEqual({
      code: 'FILE_RARE_JPEG',
      details: { kind },
    });
  });

  it('from a phone that writes HEIC under another name is named', async () => {
    expect(await problemOf(await file('photo-heic-named.jpg'))).toEqual({
      code: 'FILE_TYPE',
      details: { found: 'heif', at: 0 },
    });
  });

  it('is refused where it is made of more parts than any program makes', async () => {
    const picture = await draw.seal({ format: 'jpeg' });
    const comment = Buffer.from([0xff, 0xfe, 0, 2]);
    const many = Array.from({ length: 50_000 }, () => comment);
    const stuffed = Buffer.concat([picture.subarray(0, 2), ...many, picture.subarray(2)]);
    expect(await problemOf(stuffed)).toMatchObject({ code: 'FILE_BROKEN' });
    const [header, ...rest] = draw.pngChunks(await draw.seal());
    if (!header) throw new Error('no header');
    const empty = { type: 'teSt', data: Buffer.alloc(0) };
    const chunks = [header, ...Array.from({ length: 400_000 }, () => empty), ...rest];
    expect(await problemOf(draw.writePng(chunks))).toMatchObject({ code: 'FILE_BROKEN' });
  });
});

/** The same file with another kind of frame announced. */
function jpegOfKind(jpeg: Buffer, marker: number): Buffer {
  const changed = Buffer.from(jpeg);
  const at = [0xc0, 0xc1, 0xc2].map((one) => changed.indexOf(Buffer.from([0xff, one])));
  changed[Math.min(...at.filter((one) => one > 0)) + 1] = marker;
  return changed;
}

describe('A page with a small drawing on it', () => {
  const page = () =>
    readFile(join(import.meta.dirname, '../../test/cases/a4-300dpi-seal-36mm.png'));

  it('is told where the drawing is, and what is cut out there is a picture', async () => {
    const problem = await problemOf(await page());
    if (problem.code !== 'IMAGE_UNCROPPED') throw new Error(problem.code);
    const { crop, share } = problem.details;
    expect(share).toBeLessThan(0.1);
    const side = Math.round((36 / 25.4) * 300);
    for (const length of [crop.width, crop.height]) {
      expect(length).toBeGreaterThanOrEqual(side);
      expect(length).toBeLessThan(side * 1.6);
    }
    const part = await cropPicture(await page(), crop);
    expect((await accepted(part)).facts).toMatchObject({ width: crop.width, height: crop.height });
  });

  it('is found wherever it is, also on a noisy scan with dust', async () => {
    const small = await sharp(await draw.seal({ width: 425 }))
      .flatten({ background: 'white' })
      .png()
      .toBuffer();
    for (const [left, top] of [
      [100, 100],
      [1900, 2900],
      [1000, 1500],
    ] as const) {
      const dust = [
        {
          input: { create: { width: 6, height: 6, channels: 3, background: '#333' } },
          left: 400,
          top: 2000,
        },
      ] as const;
      const a4 = sharp({ create: { width: 2480, height: 3508, channels: 3, background: 'white' } });
      const sheet = await a4
        .composite([{ input: small, left, top }, ...dust])
        .png()
        .toBuffer();
      const problem = await problemOf(await draw.scanned(sheet));
      if (problem.code !== 'IMAGE_UNCROPPED') throw new Error(problem.code);
      const { crop } = problem.details;
      expect(crop.left).toBeLessThanOrEqual(left);
      expect(crop.top).toBeLessThanOrEqual(top);
      expect(crop.left + crop.width).toBeGreaterThanOrEqual(left + 425);
      expect(crop.top + crop.height).toBeGreaterThanOrEqual(top + 425);
      expect(crop.width).toBeLessThan(700);
    }
  }, 60_000);

  it('and another far from it is told of the larger one; near it they are one', async () => {
    const [large, small] = await Promise.all(
      [425, 300].map(async (width) =>
        sharp(await draw.seal({ width }))
          .flatten({ background: 'white' })
          .png()
          .toBuffer(),
      ),
    );
    const sheet = (left: number, top: number) =>
      sharp({ create: { width: 2480, height: 3508, channels: 3, background: 'white' } })
        .composite([
          { input: large, left: 1800, top: 2800 },
          { input: small, left, top },
        ])
        .png()
        .toBuffer();
    const apart = await problemOf(await sheet(200, 200));
    if (apart.code !== 'IMAGE_UNCROPPED') throw new Error(apart.code);
    expect(apart.details).toMatchObject({ drawings: 2 });
    const { crop } = apart.details;
    expect(crop.left).toBeGreaterThan(1600);
    expect(crop.left + crop.width).toBeGreaterThanOrEqual(1800 + 425);
    expect((await accepted(await cropPicture(await sheet(200, 200), crop))).facts.width).toBe(
      crop.width,
    );
    const together = await problemOf(await sheet(1400, 2800));
    if (together.code !== 'IMAGE_UNCROPPED') throw new Error(together.code);
    expect(together.details).toMatchObject({ drawings: 1 });
    expect(together.details.crop.left).toBeLessThan(1400);
  }, 60_000);

  it('is no matter for a name below a signature, however small', async () => {
    const name = await sharp(await draw.signature({ width: 300 }))
      .resize(200)
      .toBuffer();
    const both = await sharp({
      create: { width: 900, height: 700, channels: 3, background: 'white' },
    })
      .composite([
        { input: await draw.signature({ width: 700 }), left: 50, top: 20 },
        { input: name, left: 300, top: 580 },
      ])
      .png()
      .toBuffer();
    await accepted(both, 'signature');
  });

  it('is no matter for a signature with room around it', async () => {
    const roomy = await sharp(await draw.signature())
      .extend({ top: 300, bottom: 300, left: 300, right: 300, background: 'transparent' })
      .png()
      .toBuffer();
    expect((await accepted(roomy, 'signature')).codes).toEqual([]);
  });
});

describe('A file of more than 5 MiB is refused', () => {
  it('from the first byte over the limit on, before anything in it is looked at', async () => {
    const picture = await draw.seal();
    const most = Buffer.concat([picture, Buffer.alloc(MAX_BYTES - picture.length)]);
    expect((await accepted(most)).facts.bytes).toBe(5 * MIB);
    expect(await problemOf(Buffer.concat([most, Buffer.alloc(1)]))).toEqual({
      code: 'FILE_TOO_LARGE',
      details: { bytes: 5 * MIB + 1, limit: 5 * MIB },
    });
  });
});

describe('A broken file is refused', () => {
  const formats = {
    'image/png': () => draw.seal(),
    'image/jpeg': () => draw.seal({ format: 'jpeg' }),
    'image/webp': async () =>
      sharp(await draw.seal())
        .webp()
        .toBuffer(),
  } as const;
  const all = Object.entries(formats) as [keyof typeof formats, () => Promise<Buffer>][];

  it.each(all)('when it is %s cut off anywhere', async (mediaType, make) => {
    const picture = await make();
    for (const share of [0.01, 0.1, 0.5, 0.9, 0.999]) {
      const problem = await problemOf(draw.truncated(picture, share));
      expect(problem).toEqual({ code: 'FILE_BROKEN', details: { mediaType } });
    }
  });

  it('when a byte of a PNG is not what its checksum says', async () => {
    const problem = await problemOf(draw.damaged(await draw.seal()));
    expect(problem).toEqual({ code: 'FILE_BROKEN', details: { mediaType: 'image/png' } });
  });

  it('when a PNG unpacks to nonsense under right checksums', async () => {
    expect(await problemOf(draw.garbled(await draw.seal()))).toMatchObject({ code: 'FILE_BROKEN' });
  });

  it('when a PNG holds fewer rows than it claims', async () => {
    const [header, ...rest] = draw.pngChunks(draw.bombPng(400, 200));
    if (!header) throw new Error('no header');
    const short = draw.writePng([draw.bitmapHeader(400, 400), ...rest]);
    expect(await problemOf(short)).toMatchObject({ code: 'FILE_BROKEN' });
  });

  it('when a JPEG has its end but not all of its middle', async () => {
    const picture = await draw.seal({ format: 'jpeg' });
    const hollow = Buffer.concat([draw.truncated(picture, 0.5), Buffer.from([0xff, 0xd9])]);
    expect(await problemOf(hollow)).toMatchObject({ code: 'FILE_BROKEN' });
  });
});

describe('A picture of the wrong size is refused', () => {
  it('when its shorter side has fewer than 150 px', async () => {
    expect(await problemOf(await draw.seal({ width: 149 }))).toEqual({
      code: 'IMAGE_TOO_SMALL',
      details: { width: 149, height: 149, least: 150 },
    });
    const wide = await draw.blank(2000, 149);
    expect(await problemOf(wide, 'signature')).toMatchObject({ code: 'IMAGE_TOO_SMALL' });
    expect((await accepted(await draw.seal({ width: 150 }))).facts.width).toBe(150);
  });

  it('when it has more than 25 megapixels', async () => {
    expect(await problemOf(await draw.blank(5001, 5000))).toEqual({
      code: 'IMAGE_TOO_MANY_PIXELS',
      details: { width: 5001, height: 5000, pixels: 25_005_000, limit: 25_000_000 },
    });
    expect((await accepted(await draw.seal({ width: 5000 }))).facts.width).toBe(5000);
  }, 30_000);

  it('by its header alone, when it would unpack to 60,000 × 60,000', async () => {
    const bomb = draw.bombPng(60_000, 60_000);
    expect(bomb.length).toBeLessThan(MAX_BYTES);
    const before = process.memoryUsage().rss;
    const start = performance.now();
    expect(await problemOf(bomb)).toEqual({
      code: 'IMAGE_TOO_MANY_PIXELS',
      details: { width: 60_000, height: 60_000, pixels: 3_600_000_000, limit: 25_000_000 },
    });
    expect(performance.now() - start).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * MIB);
  }, 30_000);

  it('however small the file that claims it', async () => {
    const [, ...rest] = draw.pngChunks(draw.bombPng(200, 200));
    const lie = draw.writePng([draw.bitmapHeader(2 ** 31 - 1, 2 ** 31 - 1), ...rest]);
    expect(['IMAGE_TOO_MANY_PIXELS', 'FILE_BROKEN']).toContain((await problemOf(lie)).code);
  });
});

describe('Texts that unpack to gigabytes', () => {
  it('cost nothing: they are never unpacked, neither on inspection nor on rendering', async () => {
    const bomb = draw.withTextBomb(await draw.seal({ width: 300 }), 4 * MIB);
    const before = process.memoryUsage().rss;
    const start = performance.now();
    expect((await accepted(bomb)).codes).toEqual([]);
    await renderImage(bomb, 'full');
    expect(performance.now() - start).toBeLessThan(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MIB);
  });
});

describe('Any bytes at all', () => {
  const starts = ['', '\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'RIFF\x40\0\0\0WEBPVP8X'];
  const begun = fc
    .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }))
    .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest]));

  it('are answered with a problem, never with an error', async () => {
    await fc.assert(
      fc.asyncProperty(begun, async (bytes) => {
        expect((await problemOf(bytes)).code).toMatch(/^FILE_|^IMAGE_/);
      }),
      { numRuns: 300 },
    );
  });

  it('also when a few bytes of a picture are changed', async () => {
    const pictures = [
      await draw.seal({ width: 160 }),
      await draw.seal({ width: 160, format: 'jpeg' }),
      await sharp(await draw.seal({ width: 160 }))
        .webp()
        .toBuffer(),
    ];
    const changes = fc.array(fc.tuple(fc.nat(6000), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pictures), changes, async (picture, changed) => {
        const bytes = Buffer.from(picture);
        for (const [at, value] of changed) bytes[at % bytes.length] = value;
        const inspection = await inspectImage(bytes, 'seal');
        if (inspection.ok) await renderImage(bytes, 'thumbnail');
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});

describe('An animation is refused', () => {
  it('when it is an animated PNG, with as many frames as it announces or has', async () => {
    const animated = draw.animatedPng(await draw.seal(), 3);
    expect((await sharp(animated).metadata()).pages ?? 1).toBe(1);
    expect(await problemOf(animated)).toEqual({ code: 'IMAGE_ANIMATED', details: { frames: 3 } });
    const silent = draw.writePng(draw.pngChunks(animated).filter(({ type }) => type !== 'acTL'));
    expect(await problemOf(silent)).toEqual({ code: 'IMAGE_ANIMATED', details: { frames: 3 } });
  });

  it('when it is an animated WebP', async () => {
    const problem = await problemOf(await draw.animatedWebp());
    expect(problem).toEqual({ code: 'IMAGE_ANIMATED', details: { frames: 2 } });
  });

  it('but not when an animated PNG has a single frame', async () => {
    expect((await accepted(draw.animatedPng(await draw.seal(), 1))).codes).toEqual([]);
  });
});

describe('What people really have is accepted', () => {
  it('a photograph lying on its side, measured as it is shown', async () => {
    const photo = await draw.photographed(await draw.signature());
    const { facts } = await accepted(photo, 'signature');
    expect(facts).toMatchObject({ width: 500, height: 900 });
  });

  it('a CMYK JPEG', async () => {
    expect((await accepted(await draw.cmyk(await draw.seal()))).codes).toEqual(['IMAGE_WARN']);
  });

  it('a PNG with texts and with bytes behind its end', async () => {
    const busy = Buffer.concat([draw.withTexts(await draw.seal()), Buffer.from('SECRET-TAIL')]);
    expect((await accepted(busy)).warnings).toEqual([]);
  });

  it('a PNG in grey, with a palette, with 16 bits, interlaced', async () => {
    const picture = await draw.seal();
    const variants = {
      grey: sharp(picture).toColourspace('b-w').png(),
      palette: sharp(picture).png({ palette: true }),
      deep: sharp(picture).toColourspace('rgb16').png(),
      interlaced: sharp(picture).png({ progressive: true }),
    };
    expect((await accepted(await variants.grey.toBuffer())).codes).toEqual(['IMAGE_WARN_COLOUR']);
    expect((await accepted(await variants.palette.toBuffer())).codes).toEqual([]);
    expect((await accepted(await variants.deep.toBuffer())).codes).toEqual([]);
    expect((await accepted(await variants.interlaced.toBuffer())).codes).toEqual([]);
  });

  it('a progressive JPEG, a lossless WebP', async () => {
    const picture = sharp(await draw.seal());
    const progressive = picture.clone().flatten({ background: '#fff' }).jpeg({ progressive: true });
    expect((await accepted(await progressive.toBuffer())).codes).toEqual(['IMAGE_WARN']);
    const lossless = picture.clone().webp({ lossless: true });
    expect((await accepted(await lossless.toBuffer())).codes).toEqual(['IMAGE_WARN']);
  });

  it('many at once, each judged by itself', async () => {
    const seals = await Promise.all([300, 400, 500, 600, 700].map((width) => draw.seal({ width })));
    const broken = seals.map((bytes) => draw.truncated(bytes, 0.7));
    const inspections = await Promise.all(
      [...seals, ...broken, ...seals].map((bytes) => inspectImage(bytes, 'seal')),
    );
    const expected = [
      ...seals.map(() => true),
      ...broken.map(() => false),
      ...seals.map(() => true),
    ];
    expect(inspections.map(({ ok }) => ok)).toEqual(expected);
  });

  it('and can be rendered afterwards, whatever it was', async () => {
    const pictures = [
      await draw.photographed(await draw.signature()),
      await draw.cmyk(await draw.signature()),
      draw.withTexts(await draw.signature()),
    ];
    for (const picture of pictures) {
      await accepted(picture, 'signature');
      expect((await renderImage(picture, 'thumbnail')).bytes.length).toBeGreaterThan(0);
    }
  });
});
