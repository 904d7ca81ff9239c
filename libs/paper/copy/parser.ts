import { most } from './limits.ts';
import { broken, refusePdf } from './problem.ts';
import { Dict, Literal, Name, Ref, Stream, type Value } from './values.ts';

/** What reading may still take; shared by all that is read of one file. */
export class Budget {
  private values: number = most.values;

  constructor(private bytes: number) {}

  takeValue(): void {
    this.values -= 1;
    if (this.values < 0) refusePdf('PDF_TOO_COMPLEX', {});
  }

  takeBytes(bytes: number): void {
    this.bytes -= bytes;
    if (this.bytes < 0) refusePdf('PDF_TOO_COMPLEX', {});
  }
}

const WHITE = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const DELIMITERS = new Set(Array.from('()<>[]{}/%', (one) => one.charCodeAt(0)));
const code = (letter: string): number => letter.charCodeAt(0);
const [LF, CR] = [0x0a, 0x0d];

export const isRegular = (byte: number | undefined): boolean =>
  byte !== undefined && !WHITE.has(byte) && !DELIMITERS.has(byte);

/** Reads values at a place of some bytes, one after another, as far as the budget goes. */
export class Parser {
  constructor(
    private readonly bytes: Buffer,
    public at: number,
    private readonly budget: Budget,
  ) {}

  /** A value; `undefined` at the end, or where a keyword stands. */
  value(depth = 0): Value | undefined {
    if (depth > most.depth) refusePdf('PDF_TOO_COMPLEX', {});
    this.blanks();
    this.budget.takeValue();
    const from = this.at;
    const value = this.one(depth);
    this.budget.takeBytes(Math.max(1, this.at - from));
    return value;
  }

  /** The word that stands here, if one does. */
  keyword(): string {
    this.blanks();
    const from = this.at;
    while (isRegular(this.bytes[this.at])) this.at += 1;
    this.budget.takeBytes(this.at - from + 1);
    return this.bytes.toString('latin1', from, this.at);
  }

  /** A whole number that has to stand here. */
  whole(): number {
    const text = this.keyword();
    return /^\d{1,10}$/.test(text) ? Number(text) : broken(`number at ${this.at}`);
  }

  /** An object with its header (`12 0 obj`), a stream with where its bytes begin. */
  object(): { readonly ref: Ref; readonly value: Value } {
    const ref = new Ref(this.whole(), this.whole());
    if (this.keyword() !== 'obj') broken(`object at ${this.at}`);
    const value = this.value() ?? broken(`object ${ref.number}`);
    if (!(value instanceof Dict)) return { ref, value };
    const behind = this.at;
    if (this.keyword() !== 'stream') {
      this.at = behind;
      return { ref, value };
    }
    return { ref, value: new Stream(value, this.lineEnd()) };
  }

  /** Behind the line's end that follows the word `stream`. */
  private lineEnd(): number {
    const [first, second] = [this.bytes[this.at], this.bytes[this.at + 1]];
    if (first === CR && second === LF) return this.at + 2;
    return first === LF || first === CR ? this.at + 1 : broken(`stream at ${this.at}`);
  }

  blanks(): void {
    const from = this.at;
    for (let byte = this.bytes[this.at]; byte !== undefined; byte = this.bytes[this.at]) {
      if (byte === code('%')) this.comment();
      else if (WHITE.has(byte)) this.at += 1;
      else break;
    }
    this.budget.takeBytes(this.at - from);
  }

  private comment(): void {
    while (this.at < this.bytes.length && !this.isLineEnd()) this.at += 1;
  }

  private isLineEnd(): boolean {
    const byte = this.bytes[this.at];
    return byte === LF || byte === CR;
  }

  private one(depth: number): Value | undefined {
    const byte = this.bytes[this.at];
    switch (byte) {
      case undefined:
        return undefined;
      case code('/'):
        return this.name();
      case code('('):
        return this.text();
      case code('['):
        return this.array(depth);
      case code('<'):
        return this.bytes[this.at + 1] === code('<') ? this.dict(depth) : this.hex();
      default:
        return isRegular(byte) ? this.word() : undefined;
    }
  }

  private name(): Name {
    this.at += 1;
    const from = this.at;
    while (isRegular(this.bytes[this.at])) this.at += 1;
    const text = this.bytes.toString('latin1', from, this.at);
    const plain = text.replace(/#([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return new Name(plain);
  }

  private text(): Literal {
    const from = this.at;
    let open = 0;
    for (; this.at < this.bytes.length; this.at += 1) {
      const byte = this.bytes[this.at];
      if (byte === code('\\')) this.at += 1;
      else if (byte === code('(')) open += 1;
      else if (byte === code(')')) open -= 1;
      if (open === 0) return this.literal(from);
    }
    return broken(`string at ${from}`);
  }

  private hex(): Literal {
    const from = this.at;
    const end = this.bytes.indexOf('>', from);
    if (end < 0) broken(`string at ${from}`);
    this.at = end;
    return this.literal(from);
  }

  private literal(from: number): Literal {
    this.at += 1;
    return new Literal(this.bytes.toString('latin1', from, this.at), from);
  }

  private array(depth: number): readonly Value[] {
    this.at += 1;
    const values: Value[] = [];
    for (;;) {
      this.blanks();
      if (this.bytes[this.at] === code(']')) break;
      values.push(this.value(depth + 1) ?? broken(`array at ${this.at}`));
    }
    this.at += 1;
    return values;
  }

  private dict(depth: number): Dict {
    this.at += 2;
    const dict = new Dict();
    for (;;) {
      this.blanks();
      if (this.bytes[this.at] === code('>') && this.bytes[this.at + 1] === code('>')) break;
      const key = this.value(depth + 1);
      if (!(key instanceof Name)) return broken(`dictionary at ${this.at}`);
      dict.set(key.text, this.value(depth + 1) ?? broken(`dictionary at ${this.at}`));
    }
    this.at += 2;
    return dict;
  }

  /** A number, a reference, or one of the three words that are values. */
  private word(): Value | undefined {
    const from = this.at;
    const text = this.keyword();
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === 'null') return null;
    if (/^\d{1,10}$/.test(text)) return this.refOr(Number(text));
    if (/^[+-]?(\d{1,15}\.?\d{0,15}|\.\d{1,15})$/.test(text)) return Number(text);
    this.at = from;
    return undefined;
  }

  private refOr(number: number): Value {
    const behind = this.at;
    const generation = this.keyword();
    if (/^\d{1,5}$/.test(generation) && this.keyword() === 'R')
      return new Ref(number, Number(generation));
    this.at = behind;
    return number;
  }
}
