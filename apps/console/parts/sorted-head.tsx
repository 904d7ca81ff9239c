interface SortedHeadProps {
  readonly column: string;
  readonly label: string;
  /** The column the list is sorted by, with `-` before it for descending. */
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}

/** A column's head that sorts the list, up and down in turn. */
export function SortedHead({ column, label, sort, onSort }: SortedHeadProps) {
  const isUp = sort === column;
  const isDown = sort === `-${column}`;
  const order = isUp ? 'ascending' : isDown ? 'descending' : 'none';
  return (
    <th scope="col" aria-sort={order}>
      <button type="button" className="sort" onClick={() => onSort(isUp ? `-${column}` : column)}>
        {label}
        <span aria-hidden="true">{isUp ? '▲' : isDown ? '▼' : '↕'}</span>
      </button>
    </th>
  );
}
