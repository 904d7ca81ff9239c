import { useQuery } from '@tanstack/react-query';
import type { DossierRow } from '#client';
import { Button } from '../parts/button.tsx';
import { shownMinute, shownNumber } from '../parts/days.ts';
import { Facts } from '../parts/facts.tsx';
import { Icon } from '../parts/icon.tsx';
import { usePrintSlip } from '../parts/print-slip.tsx';
import { ownAgency } from '../session/own-agency.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

/** In phiếu hẹn: what the requester takes home. */
export function AppointmentSlip({ row }: Pick<SlipProps, 'row'>) {
  const { dossiers } = useWords();
  const { agency } = useSession();
  // Known before anything is printed.
  const { data } = useQuery(ownAgency(agency));
  const { print, slip } = usePrintSlip(<Slip row={row} office={data?.name ?? agency} />);
  return (
    <>
      <Button kind="icon" label={dossiers.printSlip(row.dossier)} onClick={print}>
        <Icon name="print" />
      </Button>
      {slip}
    </>
  );
}

interface SlipProps {
  readonly row: DossierRow;
  readonly office: string;
}

function Slip({ row, office }: SlipProps) {
  const { dossiers } = useWords();
  const { slip, fields, columns } = dossiers;
  return (
    <>
      <p>{office}</p>
      <h1>{slip.title}</h1>
      <Facts
        facts={[
          [fields.dossier, row.dossier],
          [fields.requester, row.requester ?? ''],
          [fields.documents, shownNumber(row.documents)],
          [columns.received, shownMinute(row.receivedAt)],
          [slip.due, shownMinute(row.dueAt)],
          ...(row.appointmentReason === null
            ? []
            : ([[slip.reason, row.appointmentReason]] as const)),
          ...(row.agreedInWriting === true ? ([[slip.agreed, slip.agreedYes]] as const) : []),
        ]}
      />
      <p>
        {slip.receivedBy}: {row.receivedBy}
      </p>
      <p>{slip.sign}</p>
    </>
  );
}
