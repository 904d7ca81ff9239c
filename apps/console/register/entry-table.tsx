import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { EntryRow } from '#client';
import type { BookPath } from '../books/book-queries.ts';
import { shownDay, shownNumber } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { useWords } from '../words/words.tsx';
import { EntryStateChip } from './entry-state-chip.tsx';
import { entryPages } from './entry-queries.ts';

interface TableProps {
  readonly path: BookPath;
  readonly typed: string;
  readonly state: string | undefined;
  readonly onOpen: (number: number) => void;
}

/** Pixels of a row before it is measured. */
const ROW = 64;
/** Rows from the end at which the next page is asked for. */
const AHEAD = 20;

/**
 * All numbers of a book: only what is in sight is in the page, however many there are. None is drawn
 * on paper, which would pass for the register with most of them missing.
 */
export function EntryTable({ path, typed, state, onOpen }: TableProps) {
  const words = useWords();
  const pages = useInfiniteQuery(entryPages(path, { typed, state }));
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  if (pages.isPending) return <Loading />;
  if (pages.error) return <Failure error={pages.error} onRetry={() => void pages.refetch()} />;
  if (rows.length === 0) {
    const isAll = typed === '' && state === undefined;
    return <p className="sheet empty">{isAll ? words.entries.empty : words.entries.nothing}</p>;
  }
  const more = (): void => {
    if (pages.hasNextPage) void pages.fetchNextPage();
  };
  const [first] = pages.data.pages;
  const total = `${first?.totalIsAtLeast ? '> ' : ''}${shownNumber(first?.total ?? 0)}`;
  return (
    <>
      <Rows rows={rows} isBusy={pages.isFetching} onOpen={onOpen} onEnd={more} />
      <p className="soft number no-print" role="status">
        {pages.isFetchingNextPage ? words.entries.more : `${shownNumber(rows.length)} / ${total}`}
      </p>
    </>
  );
}

interface RowsProps {
  readonly rows: readonly EntryRow[];
  /** Pages are being fetched, new ones or known ones anew, which another fetch would cut short. */
  readonly isBusy: boolean;
  readonly onOpen: (number: number) => void;
  readonly onEnd: () => void;
}

const columns = [
  'number',
  'certifiedOn',
  'requester',
  'documentTitle',
  'certifier',
  'copies',
  'fee',
  'remarks',
  'state',
] as const;

function Head() {
  const words = useWords();
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {words.entries.columns[column]}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Asks for more where the end is near, each time it has come nearer or gone farther, or nothing is under way any more. */
function useEnd(left: number, isBusy: boolean, onEnd: () => void): void {
  useEffect(() => {
    if (!isBusy && left <= AHEAD) onEnd();
    // What it does is made anew on every drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [left, isBusy]);
}

function Rows({ rows, isBusy, onOpen, onEnd }: RowsProps) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEnd(rows.length - last, isBusy, onEnd);
  const behind = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div
      ref={box}
      className="table-box tall no-print"
      tabIndex={0}
      role="region"
      aria-label={words.entries.list}
    >
      <table className="table">
        <Head />
        <tbody>
          <Gap pixels={shown[0]?.start ?? 0} />
          {shown.map(({ index }) => {
            const row = rows[index];
            return (
              row && (
                <Row
                  key={row.number}
                  row={row}
                  index={index}
                  measure={virtual.measureElement}
                  onOpen={onOpen}
                />
              )
            );
          })}
          <Gap pixels={behind} />
        </tbody>
      </table>
    </div>
  );
}

/** What is not drawn takes its room. */
function Gap({ pixels }: { readonly pixels: number }) {
  if (pixels <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns.length} className="gap" style={{ height: pixels }} />
    </tr>
  );
}

interface RowProps {
  readonly row: EntryRow;
  readonly index: number;
  readonly measure: (element: HTMLTableRowElement | null) => void;
  readonly onOpen: (number: number) => void;
}

function Row({ row, index, measure, onOpen }: RowProps) {
  const isOver = row.state === 'voided' || row.state === 'revoked';
  return (
    <tr ref={measure} data-index={index} className={isOver ? 'over' : undefined}>
      <td>
        <button type="button" className="link number" onClick={() => onOpen(row.number)}>
          {row.numberText}
        </button>
      </td>
      <td className="number">{shownDay(row.certifiedOn ?? '')}</td>
      <td>{row.requester}</td>
      <td>{row.documentTitle}</td>
      <td>
        {row.certifierFullName}
        <span className="hint block">
          {[row.authority, row.certifierTitle].filter(Boolean).join(' ')}
        </span>
      </td>
      <td className="right">{shownNumber(row.copies)}</td>
      <td className="right">{shownNumber(row.fee)}</td>
      <td className="hint">{row.remarks}</td>
      <td>
        <EntryStateChip entry={row} />
      </td>
    </tr>
  );
}
