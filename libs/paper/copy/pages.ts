import type { PdfFile } from './file.ts';
import { most } from './limits.ts';
import { broken, refusePdf } from './problem.ts';
import { isArray, nameIn, Ref, type Dict, type Value } from './values.ts';

/** What a page has from those above it where it does not say it itself (ISO 32000-1, 7.7.3.4). */
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

export interface Page {
  readonly ref: Ref;
  /** As it stands in the file. */
  readonly dict: Dict;
  /** With what it inherits. */
  readonly whole: ReadonlyMap<string, Value>;
}

export interface Pages {
  readonly count: number;
  readonly last: Page;
}

/** Walks the tree of pages, in which nothing may stand twice. */
export function pagesOf(file: PdfFile): Pages {
  const catalog = file.dict(file.xref.trailer.get('Root')) ?? broken('Root');
  const walk = new Walk(file);
  walk.visit(catalog.get('Pages'), new Map(), 0);
  const { count, last } = walk;
  return last ? { count, last } : broken('Pages');
}

class Walk {
  count = 0;
  last: Page | undefined;
  private readonly seen = new Set<number>();

  constructor(private readonly file: PdfFile) {}

  visit(node: Value | undefined, above: ReadonlyMap<string, Value>, level: number): void {
    if (level > most.levels) refusePdf('PDF_TOO_COMPLEX', {});
    if (!(node instanceof Ref) || this.seen.has(node.number)) return broken('Pages');
    this.seen.add(node.number);
    const dict = this.file.dict(node) ?? broken('Pages');
    const own = INHERITED.flatMap((name) => {
      const value = dict.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    const whole = new Map([...above, ...own]);
    const kids = this.file.array(dict.get('Kids'));
    if (kids && nameIn(this.file.resolved(dict.get('Type'))) !== 'Page') {
      for (const kid of kids) this.visit(kid, whole, level + 1);
      return;
    }
    this.count += 1;
    if (this.count > most.pages) refusePdf('PDF_PAGES', { most: most.pages });
    this.last = { ref: node, dict, whole: new Map([...dict, ...whole]) };
  }
}

/** What of a page is seen, in its own space, and how it is turned when it is. */
export interface Seen {
  readonly x: number;
  readonly y: number;
  /** Points on paper to the right and upwards, before it is turned. */
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise: 0, 90, 180 or 270. */
  readonly turned: number;
  /** Points on paper of one unit of the page. */
  readonly unit: number;
}

/** Points: an inch, and the most the format knows. */
const SIDES = { least: 72, most: 14_400 };

export function seenOf(file: PdfFile, { whole }: Page): Seen {
  const media = boxOf(file, whole.get('MediaBox')) ?? broken('MediaBox');
  const crop = boxOf(file, whole.get('CropBox')) ?? media;
  const [left, bottom] = [Math.max(media[0], crop[0]), Math.max(media[1], crop[1])];
  const [right, top] = [Math.min(media[2], crop[2]), Math.min(media[3], crop[3])];
  const unit = file.number(whole.get('UserUnit')) ?? 1;
  const turned = (((file.number(whole.get('Rotate')) ?? 0) % 360) + 360) % 360;
  if (turned % 90 !== 0 || !(unit > 0)) broken('Rotate');
  const [width, height] = [(right - left) * unit, (top - bottom) * unit];
  const fits = [width, height].every((side) => side >= SIDES.least && side <= SIDES.most);
  if (!fits) refusePdf('PDF_PAGE_SIZE', { width: Math.round(width), height: Math.round(height) });
  return { x: left, y: bottom, width, height, turned, unit };
}

type Box = readonly [number, number, number, number];

/** Left, bottom, right and top, whichever corners it names. */
function boxOf(file: PdfFile, value: Value | undefined): Box | undefined {
  const found = file.resolved(value);
  if (found === null) return undefined;
  const sides = isArray(found) ? found.map((one) => file.number(one)) : [];
  const [a, b, c, d] = sides;
  if (
    sides.length !== 4 ||
    a === undefined ||
    b === undefined ||
    c === undefined ||
    d === undefined
  )
    return broken('MediaBox');
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}
