import type { Doc } from '../port.ts';

export interface RowTexts {
  readonly doc: Doc;
  /** Its words (`searchText`). */
  readonly search: string;
}

/** A row that is written; undefined: it was not there before, or is not any more. */
export interface WrittenRow {
  readonly row: number;
  readonly before: RowTexts | undefined;
  readonly after: RowTexts | undefined;
}

/**
 * What is kept beside a collection's documents, in the transaction that writes them. Not by triggers:
 * a statement that has one copies every page it changes before, in case it must be undone alone.
 */
export interface Beside {
  /** Each row. */
  note(written: WrittenRow): void;
  /** Before the transaction ends. */
  end(): void;
}

export const NOTHING_BESIDE: Beside = { note: () => undefined, end: () => undefined };
