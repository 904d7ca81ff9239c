import type { Readable, Writable } from 'node:stream';
import PDFDocument from 'pdfkit';
import { whenRead } from '../sink.ts';
import { Canvas, fontResources, MARGIN, PAGE } from './canvas.ts';
import { faces, fontFile, type Face } from './fonts.ts';
import { Lettering, type EmbeddedFont } from './lettering.ts';
import { qrContent } from './qr.ts';

/** What is used of the library beside its public face. */
interface Page {
  readonly fonts: Record<string, unknown>;
  readonly xobjects: Record<string, unknown>;
}
interface Reference {
  end(content?: string): void;
}
interface Inside extends Readable {
  readonly page: Page;
  readonly _font: EmbeddedFont;
  addContent(content: string): void;
  ref(data: object): Reference;
}

export interface About {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** Of the moment that is printed, so that the same moment makes the same bytes. */
  readonly at: Date;
  /** What the code on each page says. */
  readonly code: string;
  /** At the foot of each page. */
  readonly foot: readonly [string, string];
}

const FOOT_SIZE = 7.5;
/** Side of the code, in points: about 15 mm. */
const CODE = 43;
const NUMBERS = { width: 60, height: 12 };

/** A PDF/A-2b document (ISO 19005-2) that is written while it is drawn: pages gone by are out of memory. */
export class PaperDocument {
  readonly lettering: Lettering;
  pages = 0;
  private readonly doc: Inside;
  private readonly fonts: Readonly<Record<Face, EmbeddedFont>>;
  private readonly code: Reference;
  private readonly total: Reference;
  private canvas: Canvas | undefined;

  constructor(
    out: Writable,
    private readonly about: About,
  ) {
    const { title, author, subject, at } = about;
    const options = {
      ...{ size: 'A4', layout: 'landscape', margin: 0, autoFirstPage: false, lang: 'vi-VN' },
      ...{ subset: 'PDF/A-2b', pdfVersion: '1.7', font: fontFile('regular') },
      info: {
        ...{ Title: title, Author: author, Subject: subject },
        ...{ Producer: 'so-chung-thuc', Creator: 'so-chung-thuc', CreationDate: at, ModDate: at },
      },
    };
    const doc = new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions);
    this.doc = doc as unknown as Inside;
    doc.pipe(out);
    const opened = faces.map((face) => {
      doc.font(fontFile(face));
      return [face, this.doc._font] as const;
    });
    this.fonts = Object.fromEntries(opened) as Record<Face, EmbeddedFont>;
    this.lettering = new Lettering(this.fonts);
    const form = { Type: 'XObject', Subtype: 'Form' };
    this.code = this.doc.ref({ ...form, BBox: [0, 0, CODE, CODE], Resources: {} });
    this.total = this.doc.ref({
      ...{ ...form, BBox: [0, 0, NUMBERS.width, NUMBERS.height] },
      Resources: { Font: fontResources(this.fonts) },
    });
    this.code.end(qrContent(about.code, CODE));
  }

  /** Ends the page before, and begins the next. */
  page(): Canvas {
    this.endPage();
    (this.doc as unknown as PDFKit.PDFDocument).addPage();
    this.pages += 1;
    Object.assign(this.doc.page.fonts, fontResources(this.fonts));
    Object.assign(this.doc.page.xobjects, { Code: this.code, Total: this.total });
    this.canvas = new Canvas(this.fonts, this.lettering);
    return this.canvas;
  }

  /** A picture on the page, as large as its box lets it be, under whatever is written there. */
  picture(
    png: Uint8Array,
    { x, y, side }: { readonly x: number; readonly y: number; readonly side: number },
  ): void {
    const fit: [number, number] = [side, side];
    (this.doc as unknown as PDFKit.PDFDocument).image(Buffer.from(png), x, y, { fit });
  }

  /** Settles when the file has room for more. */
  written(): Promise<void> {
    return whenRead(this.doc);
  }

  finish(): void {
    this.endPage();
    const { glyphs } = this.lettering.word(String(this.pages), 'regular');
    this.total.end(`BT /${this.fonts.regular.id} ${FOOT_SIZE} Tf 0 2 Td <${glyphs}> Tj ET`);
    (this.doc as unknown as PDFKit.PDFDocument).end();
  }

  private endPage(): void {
    if (!this.canvas) return;
    this.foot(this.canvas);
    // The library draws from the top; this is as the format has it.
    this.doc.addContent(`q 1 0 0 -1 0 ${PAGE.height} cm`);
    this.doc.addContent(this.canvas.content());
    this.doc.addContent('Q');
    this.canvas = undefined;
  }

  private foot(canvas: Canvas): void {
    const [left, right] = [MARGIN.left, PAGE.width - MARGIN.right];
    const y = PAGE.height - 36;
    const width = right - left - CODE - 8;
    canvas.rule([left, right - CODE - 8], y - 10, 0.4);
    const [first, second] = this.about.foot;
    const size = FOOT_SIZE;
    canvas.text(first, 'regular', { x: left, y, width, size });
    canvas.text(second, 'regular', { x: left, y: y + 10, width, size });
    const at = right - CODE - 8 - NUMBERS.width;
    const before = `Trang ${this.pages}/`;
    const ended = canvas.text(before, 'regular', { x: at - 20, y, width, size });
    canvas.stamp('Total', ended, y + 2);
    canvas.stamp('Code', right - CODE, PAGE.height - 12);
  }
}
