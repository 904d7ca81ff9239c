import {
  columnKinds,
  displayDate,
  displayNumber,
  type ColumnField,
  type FormColumn,
} from '#domain';
import { earlierRows, markOf, valueOf, type PaperRow } from '../row.ts';
import { BODY, type Align, type Canvas } from './canvas.ts';
import type { PaperDocument } from './document.ts';
import type { Line, Run } from './lettering.ts';

const SIZE = 9;
const LEADING = 11;
const PADDING = { side: 3, top: 2.5, foot: 3.5 };
const HEAD_SIZE = 8.5;
const HEAD_LEADING = 10.5;
/** Behind a number that no longer holds. */
const GREY = 0.93;

interface Column extends FormColumn {
  readonly left: number;
  readonly width: number;
}

/** A column's place on the page, by its share of the width. */
function placed(columns: readonly FormColumn[]): readonly Column[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  let left: number = BODY.left;
  return columns.map((column) => {
    const width = (BODY.width * column.share) / shares;
    const at = { ...column, left, width };
    left += width;
    return at;
  });
}

const alignOf = (field: ColumnField): Align => {
  const kind = columnKinds[field];
  if (kind === 'money') return 'right';
  return kind === 'text' && field !== 'numberText' ? 'left' : 'center';
};

function shown(field: ColumnField, row: PaperRow): string {
  const value = valueOf(field, row);
  if (value === null || value === '') return '';
  if (typeof value === 'number') return displayNumber(value);
  return columnKinds[field] === 'date' ? displayDate(value) : value;
}

/** What a cell says: what stood there before, struck through, then what holds. */
function cellOf(field: ColumnField, row: PaperRow, earlier: readonly PaperRow[]): readonly Run[] {
  const holds = shown(field, row);
  const face = 'regular';
  if (field === 'remarks') {
    const mark = markOf(row);
    return [...(mark === '' ? [] : [{ text: mark, face: 'bold' } as const]), { text: holds, face }];
  }
  const struck = row.state === 'voided';
  const before = earlier.map((one) => shown(field, one));
  const changed = before.filter((text, index) => text !== (before[index + 1] ?? holds));
  return [
    ...changed.map((text) => ({ text, face, struck: true }) as const),
    { text: holds, face, struck },
  ];
}

/** The rows of a form, page after page: a head on each, and no row cut that fits on one. */
export class Table {
  private readonly columns: readonly Column[];
  private readonly head: readonly (readonly Line[])[];
  private canvas: Canvas | undefined;
  private y: number = BODY.top;
  private top: number = BODY.top;

  constructor(
    private readonly paper: PaperDocument,
    columns: readonly FormColumn[],
  ) {
    this.columns = placed(columns);
    this.head = this.columns.map(({ label, width }) =>
      this.lines([{ text: label, face: 'bold' }], width, HEAD_SIZE),
    );
  }

  row(row: PaperRow): void {
    const earlier = earlierRows(row);
    const cells = this.columns.map(({ field, width }) =>
      this.lines(cellOf(field, row, earlier), width, SIZE),
    );
    const isGrey = markOf(row) !== '';
    let from = 0;
    const count = Math.max(1, ...cells.map((lines) => lines.length));
    while (from < count) {
      const canvas = this.room(count - from);
      const fit = Math.max(
        1,
        Math.floor((BODY.bottom - this.y - PADDING.top - PADDING.foot) / LEADING),
      );
      const to = Math.min(count, from + fit);
      this.part(
        canvas,
        cells.map((lines) => lines.slice(from, to)),
        { count: to - from, isGrey },
      );
      from = to;
    }
  }

  /** Ends the table where it stands. */
  end(): void {
    this.posts();
    this.canvas = undefined;
  }

  /** A page with room for so many lines, or for as many as any page has. */
  private room(lines: number): Canvas {
    const wanted = lines * LEADING + PADDING.top + PADDING.foot;
    const whole = BODY.bottom - BODY.top - this.headHeight();
    if (this.canvas && this.y + Math.min(wanted, whole) <= BODY.bottom) return this.canvas;
    this.posts();
    this.canvas = this.paper.page();
    this.header(this.canvas);
    return this.canvas;
  }

  private part(
    canvas: Canvas,
    cells: readonly (readonly Line[])[],
    { count, isGrey }: { readonly count: number; readonly isGrey: boolean },
  ): void {
    const foot = this.y + count * LEADING + PADDING.top + PADDING.foot;
    const [left, right] = [BODY.left, BODY.left + BODY.width];
    // Between the lines, not over them.
    if (isGrey) canvas.fill([left, right], [this.y + 0.4, foot - 0.4], GREY);
    this.columns.forEach((column, index) => this.cell(canvas, column, cells[index] ?? []));
    this.y = foot;
    canvas.rule([left, right], this.y);
  }

  private cell(canvas: Canvas, column: Column, lines: readonly Line[]): void {
    const x = column.left + PADDING.side;
    const width = column.width - 2 * PADDING.side;
    const align = alignOf(column.field);
    lines.forEach((line, index) => {
      const y = this.y + PADDING.top + (index + 1) * LEADING - 2.5;
      canvas.line(line, { x, y, width, size: SIZE, align });
    });
  }

  private headHeight(): number {
    const lines = Math.max(...this.head.map(({ length }) => length));
    return lines * HEAD_LEADING + 2 * PADDING.foot;
  }

  private header(canvas: Canvas): void {
    this.top = BODY.top;
    const foot = BODY.top + this.headHeight();
    const [left, right] = [BODY.left, BODY.left + BODY.width];
    canvas.rule([left, right], BODY.top, 0.8);
    this.columns.forEach(({ left: x, width }, column) => {
      const lines = this.head[column] ?? [];
      const above = (foot - BODY.top - lines.length * HEAD_LEADING) / 2;
      lines.forEach((line, index) => {
        const y = BODY.top + above + (index + 1) * HEAD_LEADING - 2.5;
        canvas.line(line, { x, y, width, size: HEAD_SIZE, align: 'center' });
      });
    });
    canvas.rule([left, right], foot, 0.8);
    this.y = foot;
  }

  /** The lines between columns, when it is known how far down they go. */
  private posts(): void {
    if (!this.canvas) return;
    const edges = [...this.columns.map(({ left }) => left), BODY.left + BODY.width];
    for (const x of edges) this.canvas.post(x, [this.top, this.y]);
  }

  private lines(runs: readonly Run[], width: number, size: number): readonly Line[] {
    return this.paper.lettering.lines(runs, width - 2 * PADDING.side, size);
  }
}
