import sharp from 'sharp';
import {
  animatedPng,
  animatedWebp,
  blank,
  bombPng,
  damaged,
  garbled,
  notPictures,
  seal,
  signature,
  truncated,
  withTexts,
} from '../support/draw/index.ts';
import { scan as scanOf } from '../support/scans.ts';

/** Files to upload, pictures and scans: `good` ones first, then every kind the service must tell from them. */
export async function drawPictures(): Promise<{
  readonly files: readonly Buffer[];
  readonly good: number;
}> {
  const [ink, stamp, scan] = await Promise.all([
    signature({ width: 300 }),
    seal({ width: 300 }),
    seal({ width: 300, format: 'jpeg' }),
  ]);
  const papers = [scanOf(), scanOf({ table: 'stream', pages: 3, rotate: 90 })];
  const shown = [ink, stamp, scan, await sharp(stamp).webp().toBuffer(), withTexts(ink)];
  const good = [...shown, ...papers];
  const bad = [
    ...Object.values(notPictures),
    scanOf({ catalog: '/OpenAction<</S/JavaScript/JS(x)>>' }),
    scanOf().subarray(0, 600),
    truncated(ink, 0.5),
    truncated(scan, 0.3),
    truncated(stamp, 0.02),
    damaged(ink),
    damaged(scan),
    garbled(stamp),
    animatedPng(ink),
    await animatedWebp(),
    bombPng(60_000, 60_000),
    bombPng(10_000, 10),
    await blank(300, 300),
    await blank(20, 20),
    Buffer.alloc(0),
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    Buffer.concat([ink, Buffer.from('<script>alert(1)</script>')]),
    Buffer.alloc(6 * 1024 * 1024, 1),
  ];
  return { files: [...good, ...bad], good: good.length };
}
