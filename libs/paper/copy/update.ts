import { createHash } from 'node:crypto';
import type { PdfFile } from './file.ts';
import { Dict, isArray, Literal, Name, Ref, Stream, type Value } from './values.ts';
import { written } from './write.ts';

interface Added {
  readonly ref: Ref;
  readonly at: number;
}

/** What is written behind a file: new objects, changed ones, and its table of them (ISO 32000-1, 7.5.6). */
export class Update {
  private readonly parts: Buffer[];
  private readonly added: Added[] = [];
  private length: number;
  private next: number;

  constructor(private readonly file: PdfFile) {
    const lead = Buffer.from('\n');
    this.parts = [lead];
    this.length = file.bytes.length + lead.length;
    this.next = file.xref.size;
  }

  change(ref: Ref, value: Exclude<Value, Stream>): void {
    this.put(ref, Buffer.from(written(value), 'latin1'));
  }

  addStream(dict: Dict, bytes: Buffer): Ref {
    const ref = this.newRef();
    this.putStream(ref, dict, bytes);
    return ref;
  }

  /** A value of another file, with everything it refers to. */
  imported(from: PdfFile, value: Value): Value {
    const known = new Map<number, Ref>();
    const open: number[] = [];
    const moved = (one: Value): Value => {
      if (one instanceof Ref) {
        const ref = known.get(one.number) ?? this.newRef();
        if (!known.has(one.number)) open.push(one.number);
        known.set(one.number, ref);
        return ref;
      }
      if (isArray(one)) return one.map(moved);
      return one instanceof Dict ? movedDict(one) : one;
    };
    const movedDict = (dict: Dict): Dict =>
      new Dict([...dict].map(([name, one]) => [name, moved(one)]));
    const result = moved(value);
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      const [found, ref] = [from.object(number), known.get(number) as Ref];
      if (found instanceof Stream) this.putStream(ref, movedDict(found.dict), from.rawOf(found));
      else this.change(ref, moved(found) as Exclude<Value, Stream>);
    }
    return result;
  }

  /** The file with everything behind it. */
  finish(): Buffer {
    const trailer = this.trailer();
    if (this.file.xref.isStream) this.streamTable(trailer);
    else this.table(trailer);
    return Buffer.concat([this.file.bytes, ...this.parts]);
  }

  private newRef(): Ref {
    this.next += 1;
    return new Ref(this.next - 1, 0);
  }

  private putStream(ref: Ref, dict: Dict, bytes: Buffer): void {
    const whole = new Dict(dict).set('Length', bytes.length);
    const [head, foot] = [`${written(whole)}\nstream\n`, '\nendstream'];
    this.put(ref, Buffer.concat([Buffer.from(head, 'latin1'), bytes, Buffer.from(foot)]));
  }

  private put(ref: Ref, body: Buffer): void {
    this.added.push({ ref, at: this.length });
    this.write(Buffer.from(`${ref.number} ${ref.generation} obj\n`));
    this.write(body);
    this.write(Buffer.from('\nendobj\n'));
  }

  private write(bytes: Buffer): void {
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  private trailer(): Dict {
    const { trailer, start } = this.file.xref;
    const own = createHash('sha256');
    for (const part of this.parts) own.update(part);
    const changed = new Literal(`<${own.digest('hex').slice(0, 32)}>`, 0);
    const ids = this.file.array(trailer.get('ID'));
    const first = ids?.[0] instanceof Literal ? ids[0] : changed;
    const dict = new Dict();
    for (const name of ['Root', 'Info']) {
      const value = trailer.get(name);
      if (value !== undefined) dict.set(name, value);
    }
    dict.set('ID', [first, changed]);
    dict.set('Prev', start);
    return dict;
  }

  private table(trailer: Dict): void {
    const at = this.length;
    trailer.set('Size', this.next);
    const lines = this.inOrder().map(({ ref, at: offset }) => {
      const [where, generation] = [String(offset).padStart(10, '0'), padded(ref.generation)];
      return `${ref.number} 1\n${where} ${generation} n \n`;
    });
    this.write(Buffer.from(`xref\n${lines.join('')}trailer\n${written(trailer)}\n`, 'latin1'));
    this.write(Buffer.from(`startxref\n${at}\n%%EOF\n`));
  }

  private streamTable(trailer: Dict): void {
    const ref = this.newRef();
    const at = this.length;
    const rows = [...this.inOrder(), { ref, at }];
    const bytes = Buffer.alloc(rows.length * ROW.length);
    rows.forEach((row, index) => {
      const from = index * ROW.length;
      bytes.writeUInt8(1, from);
      bytes.writeUInt32BE(row.at, from + 1);
      bytes.writeUInt16BE(row.ref.generation, from + 5);
    });
    trailer.set('Type', new Name('XRef'));
    trailer.set('Size', this.next);
    trailer.set('W', ROW.widths);
    trailer.set(
      'Index',
      rows.flatMap((row) => [row.ref.number, 1]),
    );
    this.putStream(ref, trailer, bytes);
    this.write(Buffer.from(`startxref\n${at}\n%%EOF\n`));
  }

  private inOrder(): readonly Added[] {
    return [...this.added].sort((a, b) => a.ref.number - b.ref.number);
  }
}

/** A row of the table where it is a stream: kind, place, generation. */
const ROW = { widths: [1, 4, 2], length: 7 } as const;
const padded = (generation: number): string => String(generation).padStart(5, '0');
