import { LRUCache } from 'lru-cache';
import type { Face } from './fonts.ts';

/** Text in one face; struck through where it no longer holds. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  readonly struck?: boolean;
}

/** A word as it is drawn: glyphs of the embedded font in hexadecimal, and its width at size 1. */
export interface Word {
  readonly glyphs: string;
  readonly width: number;
}

export interface Segment extends Word {
  readonly face: Face;
  readonly struck: boolean;
}
export type Line = readonly Segment[];

/** A font as the PDF library embeds it: what is used of it. */
export interface EmbeddedFont {
  readonly id: string;
  readonly font: { hasGlyphForCodePoint(point: number): boolean };
  ref(): unknown;
  /** Glyphs of a text in the embedded subset, which grows by them. */
  encode(text: string, features: object): [string[], readonly { advanceWidth: number }[]];
}

/** Widths as they are in the font: a word is then as wide as its letters, wherever it is drawn. */
const PLAIN = { kern: false, liga: false, clig: false };
/** Words kept; a register has few, but each of its numbers is one. */
const MOST_WORDS = 20_000;
/** Drawn for what the font has no letter for. */
const MISSING = '\u25a1';

/** Measures text and breaks it into lines. */
export class Lettering {
  private readonly words = new LRUCache<string, Word>({ max: MOST_WORDS });

  constructor(private readonly fonts: Readonly<Record<Face, EmbeddedFont>>) {}

  word(text: string, face: Face): Word {
    const key = `${face} ${text}`;
    const known = this.words.get(key);
    if (known) return known;
    const font = this.fonts[face];
    const drawable = Array.from(text)
      .map((letter) =>
        font.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0) ? letter : MISSING,
      )
      .join('');
    const [glyphs, positions] = font.encode(drawable, PLAIN);
    const width = positions.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) / 1000;
    const word = { glyphs: glyphs.join(''), width };
    this.words.set(key, word);
    return word;
  }

  widthOf(text: string, face: Face, size: number): number {
    return this.word(text, face).width * size;
  }

  /** The lines of runs in a width, at a size; a word wider than it is broken where it has to be. */
  lines(runs: readonly Run[], width: number, size: number): readonly Line[] {
    const most = width / size;
    const lines: Segment[][] = [];
    let line: Segment[] = [];
    let used = 0;
    const put = (piece: Piece, space: Segment | undefined): void => {
      const lead = line.length > 0 && space ? space : undefined;
      if (lead && used + lead.width + piece.width > most) {
        lines.push(line);
        [line, used] = [[], 0];
      } else if (lead) {
        line.push(lead);
        used += lead.width;
      }
      line.push(piece);
      used += piece.width;
    };
    for (const run of runs) {
      const space = this.segment(' ', run);
      for (const text of run.text.split(/\s+/).filter((one) => one !== ''))
        this.pieces(text, run, most).forEach((piece) => put(piece, space));
    }
    return line.length > 0 ? [...lines, line] : lines;
  }

  private segment(text: string, { face, struck = false }: Run): Segment {
    return { ...this.word(text, face), face, struck };
  }

  /** A word as it is, or in as many pieces as fit. */
  private pieces(text: string, run: Run, most: number): readonly Piece[] {
    const whole = this.segment(text, run);
    if (whole.width <= most) return [whole];
    const pieces: Piece[] = [];
    let part = '';
    for (const letter of text) {
      if (part !== '' && this.word(part + letter, run.face).width > most) {
        pieces.push(this.segment(part, run));
        part = '';
      }
      part += letter;
    }
    return [...pieces, this.segment(part, run)];
  }
}

type Piece = Segment;
