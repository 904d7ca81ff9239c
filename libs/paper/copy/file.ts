import { most } from './limits.ts';
import { Budget, Parser } from './parser.ts';
import { broken, refusePdf } from './problem.ts';
import { unpacked } from './unpack.ts';
import { Dict, isArray, nameIn, numberIn, Ref, Stream, type Value } from './values.ts';
import { readXref, type Xref } from './xref.ts';

/** What is read beside the file itself, however small that is. */
const LEAST_BUDGET = 1024 * 1024;

/** A file of objects, found by its own table and not by looking for them: as viewers see it. */
export class PdfFile {
  readonly xref: Xref;
  private readonly budget: Budget;
  private unpackedBytes = 0;
  /** The packed objects that were looked at last: whoever goes through them asks for them in a row. */
  private packed: { readonly number: number; readonly objects: Packed } | undefined;

  constructor(readonly bytes: Buffer) {
    if (bytes.toString('latin1', 0, 5) !== '%PDF-') refusePdf('PDF_TYPE', {});
    this.budget = new Budget(LEAST_BUDGET + bytes.length * most.passes + most.unpacked);
    this.xref = readXref(bytes, this.budget);
    if (this.xref.trailer.has('Encrypt')) refusePdf('PDF_ENCRYPTED', {});
  }

  /** The object of a number; null where there is none. */
  object(number: number): Value {
    const place = this.xref.places.get(number);
    if (place === undefined || place.kind === 'free') return null;
    if (place.kind === 'in') return this.packedObject(number, place.stream);
    if (place.offset >= this.bytes.length) return broken(`object ${number}`);
    const { ref, value } = new Parser(this.bytes, place.offset, this.budget).object();
    return ref.number === number ? value : broken(`object ${number}`);
  }

  /** What a value is, or refers to. */
  resolved(value: Value | undefined): Value {
    let found = value ?? null;
    for (let steps = 0; found instanceof Ref; steps += 1) {
      if (steps > 8) return broken('reference');
      found = this.object(found.number);
    }
    return found;
  }

  dict(value: Value | undefined): Dict | undefined {
    const found = this.resolved(value);
    return found instanceof Dict ? found : undefined;
  }

  array(value: Value | undefined): readonly Value[] | undefined {
    const found = this.resolved(value);
    return isArray(found) ? found : undefined;
  }

  number(value: Value | undefined): number | undefined {
    return numberIn(this.resolved(value));
  }

  /** A stream's bytes as they are in the file. */
  rawOf({ dict, start }: Stream): Buffer {
    const length = this.number(dict.get('Length')) ?? broken('Length');
    const end = start + length;
    if (!Number.isInteger(length) || length < 0 || end > this.bytes.length) broken('Length');
    const behind = new Parser(this.bytes, end, this.budget);
    return behind.keyword() === 'endstream' ? this.bytes.subarray(start, end) : broken('Length');
  }

  /** A stream's bytes unpacked. */
  bytesOf(stream: Stream): Buffer {
    const bytes = unpacked(stream.dict, this.rawOf(stream), most.unpacked - this.unpackedBytes);
    this.unpackedBytes += bytes.length;
    return bytes;
  }

  /** Reads values out of what was unpacked. */
  parser(bytes: Buffer, at = 0): Parser {
    return new Parser(bytes, at, this.budget);
  }

  /** Every object in use, in the order it stands; those that are packed together in a row. */
  *objects(): Iterable<Value> {
    const entries = [...this.xref.places].filter(([, { kind }]) => kind !== 'free');
    const order = ([, place]: (typeof entries)[number]): number =>
      place.kind === 'in' ? place.stream : -1;
    for (const [number] of entries.sort((a, b) => order(a) - order(b))) yield this.object(number);
  }

  private packedObject(number: number, stream: number): Value {
    if (this.packed?.number !== stream)
      this.packed = { number: stream, objects: this.unpackObjects(stream) };
    const { bytes, offsets } = this.packed.objects;
    const at = offsets.get(number);
    if (at === undefined || at >= bytes.length) return broken(`object ${number}`);
    return this.parser(bytes, at).value() ?? broken(`object ${number}`);
  }

  private unpackObjects(number: number): Packed {
    const place = this.xref.places.get(number);
    // A stream of objects is never packed itself.
    const found = place?.kind === 'at' ? this.object(number) : null;
    if (!(found instanceof Stream) || nameIn(found.dict.get('Type')) !== 'ObjStm')
      return broken(`object stream ${number}`);
    const bytes = this.bytesOf(found);
    const count = numberIn(found.dict.get('N')) ?? broken(`object stream ${number}`);
    const first = numberIn(found.dict.get('First')) ?? broken(`object stream ${number}`);
    const parser = this.parser(bytes);
    const offsets = new Map<number, number>();
    for (let index = 0; index < count; index += 1)
      offsets.set(parser.whole(), first + parser.whole());
    return { bytes, offsets };
  }
}

interface Packed {
  readonly bytes: Buffer;
  readonly offsets: ReadonlyMap<number, number>;
}
