import { useState } from 'react';

/**
 * The row an address names, for as long as it does: a list that is read anew may not have it any more,
 * and what is being typed about it stays.
 */
export function useNamedRow<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  named: string | undefined,
): Row | undefined {
  const [kept, keep] = useState<Row>();
  const found = rows.find((row) => idOf(row) === named);
  if (found !== undefined && found !== kept) keep(found);
  const row = found ?? kept;
  return row !== undefined && idOf(row) === named ? row : undefined;
}
