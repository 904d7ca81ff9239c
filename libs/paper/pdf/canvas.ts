import { faces, type Face } from './fonts.ts';
import type { EmbeddedFont, Lettering, Line } from './lettering.ts';

/** A4 lying, in points. */
export const PAGE = { width: 841.89, height: 595.28 } as const;
export const MARGIN = { top: 34, bottom: 62, left: 42, right: 34 } as const;
export const BODY = {
  left: MARGIN.left,
  width: PAGE.width - MARGIN.left - MARGIN.right,
  top: MARGIN.top,
  bottom: PAGE.height - MARGIN.bottom,
} as const;

const figure = (value: number): string => String(Math.round(value * 100) / 100);
/** Where a line through text lies, and how thick it is, of the size. */
const STRIKE = { rise: 0.26, thickness: 0.06 };

export type Align = 'left' | 'center' | 'right';

export interface Place {
  readonly x: number;
  /** Of the line's foot, from the page's top. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly align?: Align;
}

/** One page's content as the format writes it (ISO 32000-1, 8 and 9); y counts from the top. */
export class Canvas {
  private readonly parts: string[] = [];

  constructor(
    private readonly fonts: Readonly<Record<Face, EmbeddedFont>>,
    private readonly lettering: Lettering,
  ) {}

  content(): string {
    return this.parts.join('\n');
  }

  /** A line of text; answers where it ended. */
  line(line: Line, { x, y, width, size, align = 'left' }: Place): number {
    const wide = line.reduce((sum, segment) => sum + segment.width, 0) * size;
    const room = { left: 0, center: (width - wide) / 2, right: width - wide }[align];
    let at = x + room;
    for (const { face, glyphs, width: own, struck } of line) {
      const { id } = this.fonts[face];
      const foot = figure(PAGE.height - y);
      this.parts.push(`BT /${id} ${figure(size)} Tf ${figure(at)} ${foot} Td <${glyphs}> Tj ET`);
      const next = at + own * size;
      if (struck) this.rule([at, next], y - size * STRIKE.rise, size * STRIKE.thickness);
      at = next;
    }
    return at;
  }

  /** One line of text in one face. */
  text(text: string, face: Face, place: Place): number {
    const word = this.lettering.word(text, face);
    return this.line([{ ...word, face, struck: false }], place);
  }

  /** A line from left to right. */
  rule([from, to]: readonly [number, number], y: number, thickness = 0.5): void {
    const at = figure(PAGE.height - y);
    this.parts.push(`${figure(thickness)} w ${figure(from)} ${at} m ${figure(to)} ${at} l S`);
  }

  /** A line from top to bottom. */
  post(x: number, [from, to]: readonly [number, number], thickness = 0.5): void {
    const [top, foot] = [figure(PAGE.height - from), figure(PAGE.height - to)];
    this.parts.push(`${figure(thickness)} w ${figure(x)} ${top} m ${figure(x)} ${foot} l S`);
  }

  /** An area filled with a grey, 0 black to 1 white. */
  fill(
    [left, right]: readonly [number, number],
    [top, foot]: readonly [number, number],
    grey: number,
  ): void {
    const box = [left, PAGE.height - foot, right - left, foot - top].map(figure).join(' ');
    this.parts.push(`q ${figure(grey)} g ${box} re f Q`);
  }

  /** Something drawn once for all pages, with its lower left corner here. */
  stamp(name: string, x: number, y: number): void {
    this.parts.push(`q 1 0 0 1 ${figure(x)} ${figure(PAGE.height - y)} cm /${name} Do Q`);
  }
}

/** Every face's resource, for pages and for what is drawn on them. */
export const fontResources = (
  fonts: Readonly<Record<Face, EmbeddedFont>>,
): Record<string, unknown> =>
  Object.fromEntries(faces.map((face) => [fonts[face].id, fonts[face].ref()]));
