import { most } from './limits.ts';
import { Parser, type Budget } from './parser.ts';
import { broken, refusePdf } from './problem.ts';
import { unpacked } from './unpack.ts';
import { Dict, isArray, numberIn, Stream } from './values.ts';

/** Where an object stands: in the file, or packed with others in a stream. */
export type Place =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'in'; readonly stream: number; readonly index: number };

/** A file's table of objects, its newest part first (ISO 32000-1, 7.5.4 and 7.5.8). */
export interface Xref {
  readonly places: ReadonlyMap<number, Place>;
  /** What the newest part says of the file: root, id, encryption. */
  readonly trailer: Dict;
  /** Where the newest part stands, and how it is written. */
  readonly start: number;
  readonly isStream: boolean;
  /** The next number no object has. */
  readonly size: number;
}

interface Section {
  readonly trailer: Dict;
  readonly isStream: boolean;
}

/** The end of the file that is looked at for where the table stands. */
const TAIL = 2048;

export function readXref(bytes: Buffer, budget: Budget): Xref {
  const tail = bytes.subarray(Math.max(0, bytes.length - TAIL)).toString('latin1');
  const [, found] = /startxref\s+(\d{1,10})\s+%%EOF[^%]{0,1024}$/.exec(tail) ?? [];
  const start = found === undefined ? broken('startxref') : Number(found);
  const places = new Map<number, Place>();
  const reader = new SectionReader(bytes, budget, places);
  const newest = reader.section(start);
  const seen = new Set([start]);
  for (let trailer = newest.trailer; ;) {
    const prev = trailer.get('Prev');
    if (prev === undefined) break;
    const at = numberIn(prev) ?? broken('Prev');
    if (seen.has(at) || seen.size > most.sections) broken('Prev');
    seen.add(at);
    trailer = reader.section(at).trailer;
  }
  const last = Math.max(0, ...lastOf(places));
  const size = Math.max(numberIn(newest.trailer.get('Size')) ?? broken('Size'), last + 1);
  if (size > LARGEST_NUMBER) refusePdf('PDF_TOO_COMPLEX', {});
  return { ...newest, places, start, size };
}

/** Of an object, as most readers allow it (ISO 32000-1, annex C). */
const LARGEST_NUMBER = 8_388_607;

function* lastOf(places: ReadonlyMap<number, Place>): Iterable<number> {
  let last = 0;
  for (const number of places.keys()) last = Math.max(last, number);
  yield last;
}

class SectionReader {
  constructor(
    private readonly bytes: Buffer,
    private readonly budget: Budget,
    private readonly places: Map<number, Place>,
  ) {}

  /** One part of the table; what a newer part has said of an object stands. */
  section(at: number): Section {
    if (!Number.isInteger(at) || at < 0 || at >= this.bytes.length) broken(`table at ${at}`);
    const parser = new Parser(this.bytes, at, this.budget);
    if (parser.keyword() !== 'xref')
      return this.streamSection(new Parser(this.bytes, at, this.budget));
    const trailer = this.tableSection(parser);
    const hybrid = trailer.get('XRefStm');
    if (hybrid !== undefined)
      this.streamSection(new Parser(this.bytes, numberIn(hybrid) ?? -1, this.budget));
    return { trailer, isStream: false };
  }

  private tableSection(parser: Parser): Dict {
    for (let word = parser.keyword(); word !== 'trailer'; word = parser.keyword()) {
      const first = /^\d{1,10}$/.test(word) ? Number(word) : broken(`table at ${parser.at}`);
      this.subsection(parser, first, parser.whole());
    }
    const trailer = parser.value();
    return trailer instanceof Dict ? trailer : broken('trailer');
  }

  private subsection(parser: Parser, first: number, count: number): void {
    let shift = 0;
    for (let index = 0; index < count; index += 1) {
      const [offset, generation, use] = [parser.whole(), parser.whole(), parser.keyword()];
      // Some writers count from 1 what begins with the entry of object 0.
      if (index === 0 && first === 1 && use === 'f' && generation === 65_535) shift = 1;
      const place: Place = use === 'n' ? { kind: 'at', offset, generation } : { kind: 'free' };
      if (use !== 'n' && use !== 'f') broken(`table at ${parser.at}`);
      this.set(first + index - shift, place);
    }
  }

  private streamSection(parser: Parser): Section {
    const { value } = parser.object();
    if (!(value instanceof Stream)) return broken('table');
    const { dict, start } = value;
    const length = numberIn(dict.get('Length')) ?? broken('table');
    const packed = this.bytes.subarray(start, start + length);
    const bytes = unpacked(dict, packed, most.unpacked);
    this.budget.takeBytes(bytes.length);
    const widths = dict.get('W');
    const [kind = -1, second = -1, third = -1] = isArray(widths)
      ? widths.map((width) => numberIn(width) ?? -1)
      : [];
    const row = [kind, second, third];
    if (row.some((width) => width < 0 || width > 6)) return broken('table');
    this.rows(bytes, row, rangesOf(dict));
    return { trailer: dict, isStream: true };
  }

  private rows(bytes: Buffer, widths: readonly number[], ranges: readonly number[]): void {
    let at = 0;
    const take = (width: number, or: number): number => {
      if (width === 0) return or;
      if (at + width > bytes.length) return broken('table');
      at += width;
      return bytes.readUIntBE(at - width, width);
    };
    const [kind = 0, second = 0, third = 0] = widths;
    if (kind + second + third === 0) broken('table');
    for (let range = 0; range + 1 < ranges.length; range += 2) {
      const [first = 0, count = 0] = [ranges[range], ranges[range + 1]];
      for (let index = 0; index < count; index += 1) {
        const fields = [take(kind, 1), take(second, 0), take(third, 0)] as const;
        this.set(first + index, placeOf(fields));
      }
    }
  }

  private set(number: number, place: Place): void {
    if (number < 0 || this.places.has(number)) return;
    if (this.places.size >= most.objects) refusePdf('PDF_TOO_COMPLEX', {});
    this.places.set(number, place);
  }
}

function rangesOf(dict: Dict): readonly number[] {
  const index = dict.get('Index');
  if (index === undefined) return [0, numberIn(dict.get('Size')) ?? broken('Size')];
  return isArray(index) ? index.map((one) => numberIn(one) ?? broken('table')) : broken('table');
}

function placeOf([kind, second, third]: readonly [number, number, number]): Place {
  if (kind === 1) return { kind: 'at', offset: second, generation: third };
  return kind === 2 ? { kind: 'in', stream: second, index: third } : { kind: 'free' };
}
