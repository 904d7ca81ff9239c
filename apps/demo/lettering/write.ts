import { kerning, letters } from './tinos-bold.ts';

interface Letter {
  readonly path: string;
  /** Where it starts on the line and how far it reaches, in em. */
  readonly at: number;
  readonly width: number;
}

const EM = 1000;
/** Height of a capital letter, in em. */
const CAPITAL = 0.655;
const plain = (letter: string) => letter.normalize('NFD').charAt(0);

/** @throws Error where the font lacks the letter */
function shapeOf(letter: string): Pick<Letter, 'path' | 'width'> {
  const [, advance, path] = /^(\d+) (.*)$/.exec(letters[letter] ?? '') ?? [];
  if (advance === undefined || path === undefined) throw new Error(`no letter for "${letter}"`);
  return { path, width: Number(advance) / EM };
}

/** Sets a line of text, letter by letter. @throws Error where the font lacks a letter */
function setLine(text: string, spacing: number): readonly Letter[] {
  const line: Letter[] = [];
  let at = 0;
  let before = '';
  for (const letter of text.normalize('NFC')) {
    const { width, path } = shapeOf(letter);
    if (before !== '') at += spacing + (kerning[plain(before) + plain(letter)] ?? 0) / EM;
    line.push({ path, at, width });
    at += width;
    before = letter;
  }
  return line;
}

function lengthOf(line: readonly Letter[]): number {
  const last = line.at(-1);
  return last ? last.at + last.width : 0;
}

const drawn = (letter: Letter, transform: string) =>
  letter.path === '' ? '' : `<path d="${letter.path}" transform="${transform}"/>`;

export interface Line {
  readonly x: number;
  readonly y: number;
  /** Height of the em, in the drawing's units; smaller where the text would not fit. */
  readonly size: number;
  readonly maxWidth: number;
}

/** SVG of a line centred on `x` with its baseline at `y`. */
export function writeLine(text: string, { x, y, size, maxWidth }: Line): string {
  const line = setLine(text, 0.01);
  const fit = Math.min(size, maxWidth / lengthOf(line));
  const left = x - (lengthOf(line) * fit) / 2;
  const scale = fit / EM;
  return line
    .map((letter) => drawn(letter, `translate(${left + letter.at * fit} ${y}) scale(${scale})`))
    .join('');
}

export interface Arc {
  /** Radius of the middle of the capitals; the circle's centre is the drawing's origin. */
  readonly radius: number;
  readonly size: number;
  /** Most degrees of the circle the text may take; it is set smaller where it would take more. */
  readonly maxDegrees: number;
  /** `top` reads clockwise with its feet inwards, `bottom` counter-clockwise with its feet outwards. */
  readonly side: 'top' | 'bottom';
}

/** SVG of a text around a circle, each letter turned to its place. */
export function writeArc(text: string, { radius, size, maxDegrees, side }: Arc): string {
  const line = setLine(text, 0.08);
  const longest = (radius * maxDegrees * Math.PI) / 180;
  const fit = Math.min(size, longest / lengthOf(line));
  const turn = side === 'top' ? 1 : -1;
  const baseline = -turn * radius + (CAPITAL / 2) * fit;
  return line
    .map((letter) => {
      const along = (letter.at + letter.width / 2 - lengthOf(line) / 2) * fit;
      const degrees = (turn * along * 180) / (radius * Math.PI);
      const place = `rotate(${degrees}) translate(0 ${baseline}) scale(${fit / EM})`;
      return drawn(letter, `${place} translate(${(-letter.width * EM) / 2} 0)`);
    })
    .join('');
}
