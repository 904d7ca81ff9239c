import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import type { StampFacts } from '#domain';
import { fontFile, type Face } from '../pdf/fonts.ts';

/** What a stamp is drawn of. Plain data. */
export interface StampOrder {
  readonly facts: StampFacts;
  readonly verificationCode: string | null;
  /** Pictures as PNG; left out where the number has none. */
  readonly signature?: Uint8Array | undefined;
  readonly seal?: Uint8Array | undefined;
}

/** Points. */
const WIDTH = 208;
const PADDING = 8;
const INNER = WIDTH - 2 * PADDING;
/** Room for signature and seal: the seal covers about a third of the signature, on its left (NĐ 30/2020). */
const PICTURES = { height: 84, seal: 84, signature: 128 };
/** Red, as stamps are. */
const INK = '#b3121d';

interface Line {
  readonly text: string;
  readonly face: Face;
  readonly size: number;
  readonly above: number;
}

const HEAD = 'CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH';

/** 2024-05-10 as the law writes it: Ngày 10 tháng 5 năm 2024, days and the first two months with a nought. */
function dated(certifiedOn: string): string {
  const [year = '', month = '', day = ''] = certifiedOn.split('-');
  const shown = Number(month) > 2 ? String(Number(month)) : month;
  return `Ngày ${day} tháng ${shown} năm ${year}`;
}

const head = ({ facts }: StampOrder): readonly Line[] => [
  { text: HEAD, face: 'bold', size: 8, above: 0 },
  { text: `Số chứng thực: ${facts.numberText}`, face: 'regular', size: 9.5, above: 4 },
  { text: `Quyển số: ${facts.bookName}`, face: 'regular', size: 9.5, above: 1 },
  { text: dated(facts.certifiedOn), face: 'italic', size: 9.5, above: 1 },
];

/** A picture of a signature shows whose it is; without one that is written. */
const signer = ({ facts, signature }: StampOrder) => {
  const { authority, certifierTitle, certifierFullName } = facts;
  const title = [authority ?? '', certifierTitle].filter(Boolean).join(' ');
  const line = (text: string): Line => ({ text, face: 'bold', size: 9.5, above: 3 });
  return signature
    ? { title: [], name: [] }
    : { title: [line(title)], name: [line(certifierFullName)] };
};

const foot = ({ verificationCode }: StampOrder): readonly Line[] =>
  verificationCode === null
    ? []
    : [{ text: `Mã xác minh: ${verificationCode}`, face: 'regular', size: 7.5, above: 4 }];

/** The stamp as a document of one page that is as large as the stamp. The same order makes the same bytes. */
export async function drawStamp(order: StampOrder): Promise<Buffer> {
  const { title, name } = signer(order);
  const [above, below] = [
    [...head(order), ...title],
    [...name, ...foot(order)],
  ];
  const measuring = newDocument([WIDTH, WIDTH]);
  const heightOf = (lines: readonly Line[]): number =>
    lines.reduce((sum, line) => sum + line.above + lineHeight(measuring, line), 0);
  const [head1, foot1] = [heightOf(above), heightOf(below)];
  const height = Math.ceil(2 * PADDING + head1 + PICTURES.height + foot1);
  const doc = newDocument([WIDTH, height]);
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  doc.addPage();
  doc
    .lineWidth(0.9)
    .strokeColor(INK)
    .rect(1, 1, WIDTH - 2, height - 2)
    .stroke();
  writeLines(doc, above, PADDING);
  drawPictures(doc, order, PADDING + head1);
  writeLines(doc, below, PADDING + head1 + PICTURES.height);
  doc.end();
  await once(doc, 'end');
  return Buffer.concat(parts);
}

type Doc = InstanceType<typeof PDFDocument>;

/** Of no moment: the same stamp is the same bytes whenever it is drawn. */
const NEVER = new Date(0);

const newDocument = (size: [number, number]): Doc =>
  new PDFDocument({
    ...{ size, margin: 0, autoFirstPage: false, pdfVersion: '1.4', font: fontFile('regular') },
    info: { CreationDate: NEVER, ModDate: NEVER },
  });

const CENTERED = { width: INNER, align: 'center' } as const;

function lineHeight(doc: Doc, { text, face, size }: Line): number {
  return doc.font(fontFile(face)).fontSize(size).heightOfString(text, CENTERED);
}

function writeLines(doc: Doc, lines: readonly Line[], from: number): void {
  let y = from;
  for (const line of lines) {
    y += line.above;
    const height = lineHeight(doc, line);
    doc.fillColor(INK).text(line.text, PADDING, y, CENTERED);
    y += height;
  }
}

/** The seal over the left of the signature; each in the middle where the other is not. */
function drawPictures(doc: Doc, { signature, seal }: StampOrder, y: number): void {
  const { height, seal: side, signature: wide } = PICTURES;
  const both = signature !== undefined && seal !== undefined;
  const together = side + (wide * 2) / 3;
  const left = (WIDTH - (both ? together : signature ? wide : side)) / 2;
  const at = { align: 'center', valign: 'center' } as const;
  if (signature) {
    const x = both ? left + side - wide / 3 : left;
    doc.image(Buffer.from(signature), x, y, { ...at, fit: [wide, height] });
  }
  if (seal) doc.image(Buffer.from(seal), left, y, { ...at, fit: [side, height] });
}
