import { createHash } from 'node:crypto';
import type { StampPlace } from '#domain';
import { contentOf, ending, leftOpen } from './content.ts';
import { PdfFile } from './file.ts';
import { pagesOf, seenOf, type Page, type Seen } from './pages.ts';
import { broken, refusePdf } from './problem.ts';
import { Update } from './update.ts';
import type { Ref } from './values.ts';
import { Dict, isArray, Name, Stream, type Value } from './values.ts';
import { writtenNumber } from './write.ts';

/** From the edges of the page, in points; less of a small one. */
const MARGIN = 20;
const SMALL = 0.04;
/** Smaller, nobody could read it. */
const LEAST_SCALE = 0.5;

export interface Stamped {
  readonly bytes: Buffer;
  readonly pages: number;
}

/**
 * Puts a stamp on the last page, as an update behind the file as it is: its bytes stay the first ones
 * of what is made, and viewers show the last page anew.
 * @param stamp a document of one page, as large as the stamp
 */
export function applyStamp(file: PdfFile, stamp: Buffer, place: StampPlace): Stamped {
  const { count, last } = pagesOf(file);
  const update = new Update(file);
  const { form, width, height } = importedStamp(update, new PdfFile(stamp));
  const matrix = placed(seenOf(file, last), { width, height }, place);
  const { dict, name } = withForm(file, last, form);
  const open = leftOpen(file, contentOf(file, last.dict.get('Contents')));
  const before = update.addStream(new Dict(), Buffer.from('q\n'));
  const drawn = `\n${ending({ ...open, states: open.states + 1 })}\nq ${matrix} cm /${name} Do Q\n`;
  const behind = update.addStream(new Dict(), Buffer.from(drawn));
  dict.set('Contents', [before, ...partsOf(file, last.dict.get('Contents')), behind]);
  update.change(last.ref, dict);
  return { bytes: update.finish(), pages: count };
}

/** The references of a page's content, which stay as they are. */
function partsOf(file: PdfFile, contents: Value | undefined): readonly Value[] {
  if (contents === undefined || contents === null) return [];
  const found = file.resolved(contents);
  if (found === null) return [];
  if (found instanceof Stream) return [contents];
  return isArray(found) ? found : broken('Contents');
}

/** The page with the stamp among what it may draw. */
function withForm(
  file: PdfFile,
  page: Page,
  form: Ref,
): { readonly dict: Dict; readonly name: string } {
  const resources = new Dict(file.dict(page.whole.get('Resources')) ?? []);
  const forms = new Dict(file.dict(resources.get('XObject')) ?? []);
  let name = 'ChungThuc';
  for (let times = 1; forms.has(name); times += 1) name = `ChungThuc${times}`;
  forms.set(name, form);
  resources.set('XObject', forms);
  const dict = new Dict(page.dict);
  dict.set('Resources', resources);
  return { dict, name };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The stamp's page as something that is drawn on another. */
function importedStamp(update: Update, stamp: PdfFile): Size & { readonly form: Ref } {
  const { last } = pagesOf(stamp);
  const { width, height } = seenOf(stamp, last);
  const [content] = contentOf(stamp, last.dict.get('Contents'));
  if (!content) throw new Error('a stamp draws something');
  const dict = new Dict(content.dict);
  dict.set('Type', new Name('XObject'));
  dict.set('Subtype', new Name('Form'));
  dict.set('BBox', [0, 0, width, height]);
  dict.set('Resources', update.imported(stamp, last.whole.get('Resources') ?? null));
  return { width, height, form: update.addStream(dict, stamp.rawOf(content)) };
}

/** Where displayed right and up lead in the page's own space, and where its displayed corner is. */
const turns: Readonly<Record<number, (size: Size) => readonly number[]>> = {
  0: () => [1, 0, 0, 1, 0, 0],
  90: ({ width }) => [0, 1, -1, 0, width, 0],
  180: ({ width, height }) => [-1, 0, 0, -1, width, height],
  270: ({ height }) => [0, -1, 1, 0, 0, height],
};

/** The matrix that puts the stamp upright into a corner of the page as it is seen. */
function placed(seen: Seen, stamp: Size, place: StampPlace): string {
  const isAcross = seen.turned % 180 !== 0;
  const [wide, high] = isAcross ? [seen.height, seen.width] : [seen.width, seen.height];
  const margin = Math.min(MARGIN, SMALL * Math.min(wide, high));
  const room = Math.min((wide - 2 * margin) / stamp.width, (high - 2 * margin) / stamp.height);
  const scale = Math.min(1, room);
  if (scale < LEAST_SCALE)
    refusePdf('PDF_PAGE_SIZE', { width: Math.round(wide), height: Math.round(high) });
  const x = place.endsWith('left') ? margin : wide - margin - stamp.width * scale;
  const y = place.startsWith('bottom') ? margin : high - margin - stamp.height * scale;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = turns[seen.turned]?.(seen) ?? [];
  const origin = [a * x + c * y + e, b * x + d * y + f];
  const unit = seen.unit;
  const [left = 0, up = 0] = origin;
  const across = [a, b, c, d].map((one) => (one * scale) / unit);
  return [...across, seen.x + left / unit, seen.y + up / unit].map(writtenNumber).join(' ');
}

/** SHA-256 in hex. */
export const sha256Of = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');
