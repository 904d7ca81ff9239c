import { Link } from '@tanstack/react-router';
import type { MandateRow } from '#client';
import { Button } from '../parts/button.tsx';
import { shownDay, shownInstant } from '../parts/days.ts';
import { Icon } from '../parts/icon.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useWords } from '../words/words.tsx';

interface TableProps {
  readonly items: readonly MandateRow[];
  readonly isClerk: boolean;
  readonly onEnd: (id: string) => void;
}

export function MandateTable({ items, isClerk, onEnd }: TableProps) {
  const words = useWords();
  const { columns, title, empty } = words.mandates;
  if (items.length === 0) return <p className="sheet empty">{empty}</p>;
  return (
    <PlainTable
      title={title}
      columns={[
        ...[columns.holder, columns.document, columns.scope, columns.period, words.state],
        ...[columns.recorded, ...(isClerk ? [words.actions] : [])],
      ]}
    >
      {items.map((row) => (
        <Row key={row.id} {...{ row, isClerk }} onEnd={() => onEnd(row.id)} />
      ))}
    </PlainTable>
  );
}

/** A mandate's period as people read it; the last day is one of it. */
export function shownPeriod({ validFrom, validTo }: MandateRow, until: string): string {
  return `${shownDay(validFrom)} – ${validTo === null ? until : shownDay(validTo)}`;
}

interface RowProps {
  readonly row: MandateRow;
  readonly isClerk: boolean;
  readonly onEnd: () => void;
}

function Row({ row, isClerk, onEnd }: RowProps) {
  const words = useWords();
  const { mandates } = words;
  return (
    <tr>
      <td>
        {row.holderFullName}
        <span className="hint block">{row.holderTitle}</span>
        {row.holderAccount !== null && <span className="hint block">{row.holderAccount}</span>}
      </td>
      <td>
        {mandates.kinds[row.mandateKind]} {row.mandateNumber}
        <span className="hint block">
          {shownDay(row.issuedOn)}, {row.mandateIssuer}
        </span>
      </td>
      <td>{row.scope === null ? mandates.everyType : row.scopeLabel}</td>
      <td className="number">{shownPeriod(row, mandates.untilEnded)}</td>
      <td>
        <StatusChip row={row} />
      </td>
      <td>
        <RecordedBy row={row} />
      </td>
      {isClerk && (
        <td>
          <Button
            kind="danger icon"
            label={mandates.end(row.mandateNumber)}
            disabled={row.endedOn !== null || row.status === 'over'}
            onClick={onEnd}
          >
            <Icon name="bin" />
          </Button>
        </td>
      )}
    </tr>
  );
}

function RecordedBy({ row }: { readonly row: MandateRow }) {
  const { timeline } = useWords().auditor;
  return (
    <>
      {row.recordedBy}
      <span className="hint block">{shownInstant(row.recordedAt)}</span>
      <Link
        className="no-print"
        to="/kiem-toan/dien-bien"
        search={{ luong: `mandates-${row.agency}`, tai: row.revision }}
      >
        {timeline.title}
      </Link>
    </>
  );
}

function StatusChip({ row }: { readonly row: MandateRow }) {
  const { mandates } = useWords();
  const { status, endedOn, endReason } = row;
  return (
    <>
      <span className={status === 'in-force' ? 'chip good' : 'chip'}>
        {mandates.statuses[status]}
      </span>
      {endedOn !== null && (
        <span className="hint block">
          {mandates.endedFrom(shownDay(endedOn))}: {endReason}
        </span>
      )}
    </>
  );
}
