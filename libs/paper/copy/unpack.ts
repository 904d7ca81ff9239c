import { inflateSync } from 'node:zlib';
import { broken, refusePdf } from './problem.ts';
import { Dict, isArray, nameIn, numberIn, type Value } from './values.ts';

/** The filters of a stream with what each is told, in the order they undo it. */
function filtersOf(dict: Dict): readonly (readonly [string | undefined, Dict | undefined])[] {
  const [filter, parms] = [dict.get('Filter') ?? null, dict.get('DecodeParms') ?? null];
  if (filter === null) return [];
  const names = isArray(filter) ? filter : [filter];
  const told = isArray(parms) ? parms : [parms];
  return names.map((name, index) => {
    const one = told[index];
    return [nameIn(name), one instanceof Dict ? one : undefined];
  });
}

/**
 * A packed stream's bytes, no more than may be unpacked. Other filters than the common one are for
 * pictures, or of files no scanner makes.
 */
export function unpacked(dict: Dict, bytes: Buffer, mostBytes: number): Buffer {
  return filtersOf(dict).reduce<Buffer>((packed, [filter, parms]) => {
    if (filter !== 'FlateDecode' && filter !== 'Fl') return broken(`filter ${String(filter)}`);
    return unpredicted(inflated(packed, mostBytes), parms);
  }, bytes);
}

function inflated(packed: Buffer, maxOutputLength: number): Buffer {
  if (maxOutputLength < 1) return refusePdf('PDF_TOO_COMPLEX', {});
  try {
    return inflateSync(packed, { maxOutputLength });
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') return refusePdf('PDF_TOO_COMPLEX', {});
    return broken('packed stream');
  }
}

const figure = (parms: Dict, name: string, or: number): number => {
  const value: Value | undefined = parms.get(name);
  return numberIn(value) ?? or;
};

/** PNG's predictors, by which tables are packed (ISO 32000-1, 7.4.4.4). */
function unpredicted(bytes: Buffer, parms: Dict | undefined): Buffer {
  const predictor = parms ? figure(parms, 'Predictor', 1) : 1;
  if (!parms || predictor === 1) return bytes;
  const [colors, bits] = [figure(parms, 'Colors', 1), figure(parms, 'BitsPerComponent', 8)];
  const columns = figure(parms, 'Columns', 1);
  const isKnown = predictor >= 10 && colors === 1 && bits === 8 && columns >= 1;
  if (!isKnown || columns > bytes.length) return broken(`predictor ${predictor}`);
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row += 1) unpredictRow(bytes, out, { row, columns });
  return out;
}

function unpredictRow(
  bytes: Buffer,
  out: Buffer,
  { row, columns }: { readonly row: number; readonly columns: number },
): void {
  const kind = bytes[row * (columns + 1)] ?? 0;
  const [from, to] = [row * (columns + 1) + 1, row * columns];
  for (let at = 0; at < columns; at += 1) {
    const left = at > 0 ? (out[to + at - 1] ?? 0) : 0;
    const up = row > 0 ? (out[to + at - columns] ?? 0) : 0;
    const upLeft = row > 0 && at > 0 ? (out[to + at - columns - 1] ?? 0) : 0;
    out[to + at] = ((bytes[from + at] ?? 0) + predicted(kind, { left, up, upLeft })) & 0xff;
  }
}

interface Around {
  readonly left: number;
  readonly up: number;
  readonly upLeft: number;
}

function predicted(kind: number, { left, up, upLeft }: Around): number {
  switch (kind) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth({ left, up, upLeft });
    default:
      return broken(`predictor ${kind}`);
  }
}

function paeth({ left, up, upLeft }: Around): number {
  const guess = left + up - upLeft;
  const [ofLeft, ofUp, ofBoth] = [left, up, upLeft].map((one) => Math.abs(guess - one)) as [
    number,
    number,
    number,
  ];
  if (ofLeft <= ofUp && ofLeft <= ofBoth) return left;
  return ofUp <= ofBoth ? up : upLeft;
}
