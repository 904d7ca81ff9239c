import { deflateSync } from 'node:zlib';

/** What a scanner, or whoever makes a file look like one, may put into it. */
export interface ScanOptions {
  readonly pages?: number;
  /** Points; the page’s own unit where `unit` says so. */
  readonly size?: readonly [number, number];
  readonly crop?: readonly [number, number, number, number];
  readonly rotate?: number;
  readonly unit?: number;
  /** How objects are told of: by the old table, or by a stream, with objects packed together. */
  readonly table?: 'plain' | 'stream';
  /** The last page’s content, in place of a picture that fills it. */
  readonly content?: string;
  /** Fields of the catalog, of the last page, of the trailer, as the format writes them. */
  readonly catalog?: string;
  readonly page?: string;
  readonly trailer?: string;
  /** Objects of their own, from number 90 on. */
  readonly more?: readonly string[];
}

const GREY = { width: 16, height: 16 };

/** A picture in shades of grey, as one scanned page. */
function picture(): string {
  const pixels = Buffer.alloc(GREY.width * GREY.height, 0xe0);
  const packed = deflateSync(pixels);
  const { width, height } = GREY;
  const about = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length ${packed.length}`;
  return `<<${about}>>\nstream\n${packed.toString('latin1')}\nendstream`;
}

const streamOf = (content: string): string =>
  `<</Length ${content.length}>>\nstream\n${content}\nendstream`;

function objectsOf(options: ScanOptions): Map<number, string> {
  const { pages = 1, size: [width, height] = [595, 842], crop, rotate, unit } = options;
  const objects = new Map<number, string>();
  const kids = Array.from({ length: pages }, (_, index) => 10 + index);
  objects.set(1, `<</Type/Catalog/Pages 2 0 R${options.catalog ?? ''}>>`);
  objects.set(
    2,
    `<</Type/Pages/Count ${pages}/Kids[${kids.map((kid) => `${kid} 0 R`).join(' ')}]/MediaBox[0 0 ${width} ${height}]/Resources<</XObject<</Im0 3 0 R>>>>>>`,
  );
  objects.set(3, picture());
  objects.set(4, streamOf(`q ${width} 0 0 ${height} 0 0 cm /Im0 Do Q`));
  objects.set(5, streamOf(options.content ?? `q ${width} 0 0 ${height} 0 0 cm /Im0 Do Q`));
  for (const kid of kids) {
    const isLast = kid === kids.at(-1);
    const own = [
      ...(crop ? [`/CropBox[${crop.join(' ')}]`] : []),
      ...(rotate === undefined ? [] : [`/Rotate ${rotate}`]),
      ...(unit === undefined ? [] : [`/UserUnit ${unit}`]),
    ].join('');
    const last = isLast ? `${own}${options.page ?? ''}` : '';
    objects.set(kid, `<</Type/Page/Parent 2 0 R/Contents ${isLast ? 5 : 4} 0 R${last}>>`);
  }
  options.more?.forEach((object, index) => objects.set(90_000 + index, object));
  return objects;
}

class Writer {
  readonly offsets = new Map<number, number>();
  private readonly parts: Buffer[] = [];
  private length = 0;

  write(text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  object(number: number, body: string): void {
    this.offsets.set(number, this.length);
    this.write(`${number} 0 obj\n${body}\nendobj\n`);
  }

  get at(): number {
    return this.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

/** A PDF as scanners make them. */
export function scan(options: ScanOptions = {}): Buffer {
  const writer = new Writer();
  writer.write(`%PDF-1.5\n%\xe2\xe3\xcf\xd3\n`);
  const objects = objectsOf(options);
  if (options.table === 'stream') writeStreamed(writer, objects, options);
  else writePlain(writer, objects, options);
  return writer.bytes();
}

const sizeOf = (numbers: Iterable<number>): number => Math.max(...numbers) + 1;

function writePlain(
  writer: Writer,
  objects: ReadonlyMap<number, string>,
  { trailer = '' }: ScanOptions,
): void {
  for (const [number, body] of objects) writer.object(number, body);
  const start = writer.at;
  const rows = [...writer.offsets].map(
    ([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`,
  );
  writer.write(`xref\n0 1\n0000000000 65535 f \n${rows.join('')}`);
  writer.write(`trailer\n<</Size ${sizeOf(objects.keys())}/Root 1 0 R${trailer}>>\n`);
  writer.write(`startxref\n${start}\n%%EOF\n`);
}

/** Everything that is no stream packed into one, as writers since PDF 1.5 do. */
function writeStreamed(
  writer: Writer,
  objects: ReadonlyMap<number, string>,
  { trailer = '' }: ScanOptions,
): void {
  const isStream = ([, body]: [number, string]): boolean => body.includes('\nstream\n');
  for (const [number, body] of [...objects].filter(isStream)) writer.object(number, body);
  const packed = [...objects].filter((one) => !isStream(one));
  const container = sizeOf(objects.keys());
  let body = '';
  const heads = packed.map(([number, text]) => {
    const head = `${number} ${body.length}`;
    body += `${text} `;
    return head;
  });
  const head = `${heads.join(' ')} `;
  const bytes = deflateSync(Buffer.from(head + body, 'latin1'));
  const about = `/Type/ObjStm/N ${packed.length}/First ${head.length}/Filter/FlateDecode/Length ${bytes.length}`;
  writer.object(container, `<<${about}>>\nstream\n${bytes.toString('latin1')}\nendstream`);
  const own = container + 1;
  const start = writer.at;
  const rows: [number, number, number, number][] = [
    ...[...writer.offsets].map<[number, number, number, number]>(([n, at]) => [n, 1, at, 0]),
    ...packed.map<[number, number, number, number]>(([n], index) => [n, 2, container, index]),
    [own, 1, start, 0],
  ];
  const table = Buffer.concat(rows.map(([, kind, a, b]) => rowOf(kind, a, b)));
  const index = rows.map(([number]) => `${number} 1`).join(' ');
  const fields = `/Type/XRef/Size ${own + 1}/Root 1 0 R/W[1 4 2]/Index[${index}]/Length ${table.length}${trailer}`;
  writer.object(own, `<<${fields}>>\nstream\n${table.toString('latin1')}\nendstream`);
  writer.write(`startxref\n${start}\n%%EOF\n`);
}

function rowOf(kind: number, second: number, third: number): Buffer {
  const row = Buffer.alloc(7);
  row.writeUInt8(kind, 0);
  row.writeUInt32BE(second, 1);
  row.writeUInt16BE(third, 5);
  return row;
}
