import type { ReactNode } from 'react';

interface PlainTableProps {
  /** What it is of, for whoever hears it. */
  readonly title: string;
  readonly columns: readonly string[];
  /** Rows: `tr`. */
  readonly children: ReactNode;
}

/** A table whose columns cannot be sorted. It scrolls by itself where it is wider than the page. */
export function PlainTable({ title, columns, children }: PlainTableProps) {
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={title}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
