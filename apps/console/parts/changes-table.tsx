import type { ProposalRow } from '#client';
import { PlainTable } from './plain-table.tsx';

interface ChangesProps {
  readonly title: string;
  /** The field, what it was, what it is. */
  readonly columns: readonly string[];
  readonly changes: ProposalRow['changes'];
}

/** What differs, field by field. */
export function ChangesTable({ title, columns, changes }: ChangesProps) {
  return (
    <PlainTable title={title} columns={columns}>
      {changes.map(({ field, label, fromText, toText }) => (
        <tr key={field}>
          <th scope="row">{label}</th>
          <td>{fromText}</td>
          <td>{toText}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
