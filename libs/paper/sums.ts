import { counted, noFigures, type Figures } from '#domain';
import type { Since } from './order.ts';
import { changesBehind, countedRow, isCounted, type LaterChange, type PaperRow } from './row.ts';
import type { Numbers } from './titles.ts';

/** Later changes listed at most; the others stand in their rows. */
export const MOST_LISTED = 5000;

/** What is added up while rows go by, in memory that does not grow with them. */
export class Sums {
  figures: Figures = noFigures;
  rows = 0;
  /** How many later changes there were beyond those listed. */
  unlisted = 0;
  readonly later: LaterChange[] = [];
  private first = '';
  private last = '';
  private lost = 0;

  constructor(private readonly since: Since | null) {}

  take(row: PaperRow): void {
    this.rows += 1;
    if (this.first === '') this.first = row.numberText;
    this.last = row.numberText;
    if (isCounted(row)) this.figures = counted(this.figures, countedRow(row));
    else this.lost += 1;
    if (this.since) this.list(changesBehind(row, this.since.revision));
  }

  get numbers(): Numbers {
    return { first: this.first, last: this.last, lost: this.lost };
  }

  private list(changes: readonly LaterChange[]): void {
    const room = Math.max(0, MOST_LISTED - this.later.length);
    this.later.push(...changes.slice(0, room));
    this.unlisted += Math.max(0, changes.length - room);
  }
}
