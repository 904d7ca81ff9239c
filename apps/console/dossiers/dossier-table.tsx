import { Link } from '@tanstack/react-router';
import type { DossierRow } from '#client';
import { Button } from '../parts/button.tsx';
import { shownMinute, shownNumber } from '../parts/days.ts';
import { Icon } from '../parts/icon.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useWords } from '../words/words.tsx';
import { AppointmentSlip } from './appointment-slip.tsx';

interface TableProps {
  readonly items: readonly DossierRow[];
  readonly isOfficer: boolean;
  readonly onAppoint: (dossier: string) => void;
  readonly onReturn: (dossier: string) => void;
}

export function DossierTable({ items, isOfficer, onAppoint, onReturn }: TableProps) {
  const words = useWords();
  const { columns, fields, title, empty } = words.dossiers;
  if (items.length === 0) return <p className="sheet empty">{empty}</p>;
  return (
    <PlainTable
      title={title}
      columns={[
        ...[fields.dossier, columns.requester, columns.numbered, columns.received, columns.due],
        ...[words.state, ...(isOfficer ? [words.actions] : [])],
      ]}
    >
      {items.map((row) => (
        <tr key={row.dossier}>
          <Cells row={row} />
          {isOfficer && (
            <td>
              <Acts
                row={row}
                onAppoint={() => onAppoint(row.dossier)}
                onReturn={() => onReturn(row.dossier)}
              />
            </td>
          )}
        </tr>
      ))}
    </PlainTable>
  );
}

function Cells({ row }: { readonly row: DossierRow }) {
  return (
    <>
      <td>
        <Link to="/kiem-toan/nhat-ky" search={{ hoso: row.dossier }}>
          {row.dossier}
        </Link>
      </td>
      <td>{row.requester ?? '–'}</td>
      <td className="number">
        {shownNumber(row.numbered)}/{shownNumber(row.documents)}
      </td>
      <td>
        {shownMinute(row.receivedAt)}
        <span className="hint block">{row.receivedBy}</span>
      </td>
      <td>
        <Due row={row} />
      </td>
      <td>
        <Status row={row} />
      </td>
    </>
  );
}

/** As promised; and what the law says where that is another thing. */
function Due({ row }: { readonly row: DossierRow }) {
  const { dossiers } = useWords();
  const { dueAt, firstDueAt, appointmentReason, calendarKnown } = row;
  return (
    <>
      {shownMinute(dueAt)}
      {appointmentReason !== null && (
        <span className="hint block">
          {dossiers.appointedFrom(shownMinute(firstDueAt))}: {appointmentReason}
        </span>
      )}
      {!calendarKnown && <span className="hint block">{dossiers.calendarUnknown}</span>}
    </>
  );
}

const kinds: Partial<Record<DossierRow['status'], string>> = {
  overdue: 'chip bad',
  'due-today': 'chip warn',
  done: 'chip good',
};

function Status({ row }: { readonly row: DossierRow }) {
  const { dossiers } = useWords();
  const { status, settledAt, returnReason } = row;
  return (
    <>
      <span className={kinds[status] ?? 'chip'}>{dossiers.statuses[status]}</span>
      {settledAt !== null && <span className="hint block">{shownMinute(settledAt)}</span>}
      {returnReason !== null && <span className="hint block">{returnReason}</span>}
    </>
  );
}

interface ActsProps {
  readonly row: DossierRow;
  readonly onAppoint: () => void;
  readonly onReturn: () => void;
}

/** What can be done about a dossier that waits. */
function Acts({ row: { status, dossier }, row, onAppoint, onReturn }: ActsProps) {
  const { dossiers } = useWords();
  if (!['waiting', 'due-today', 'overdue'].includes(status)) return null;
  return (
    <div className="row acts">
      <Button kind="icon" label={dossiers.appoint(dossier)} onClick={onAppoint}>
        <Icon name="day" />
      </Button>
      <AppointmentSlip row={row} />
      <Button kind="danger icon" label={dossiers.giveBack(dossier)} onClick={onReturn}>
        <Icon name="back" />
      </Button>
    </div>
  );
}
