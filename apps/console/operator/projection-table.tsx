import { useMutation } from '@tanstack/react-query';
import type { ProjectionRow } from '#client';
import { portal } from '../api/portal.ts';
import { Button } from '../parts/button.tsx';
import { shownNumber } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { useWords } from '../words/words.tsx';
import { isUnderWay, Now } from './projection-now.tsx';
import type { OperatorSearch } from './operator-search.ts';

const sound: readonly ProjectionRow['state'][] = ['live', 'idle', 'behind'];
const toneOf = (state: ProjectionRow['state']): string =>
  sound.includes(state)
    ? 'chip good'
    : state === 'stopped' || state === 'damaged'
      ? 'chip bad'
      : 'chip warn';

interface TableProps {
  readonly rows: readonly ProjectionRow[];
  readonly onOpen: (window: OperatorSearch) => void;
}

export function ProjectionTable({ rows, onOpen }: TableProps) {
  const words = useWords();
  const { columns } = words.operator;
  const labels = [columns.name, columns.state, columns.lag, columns.rate, columns.now];
  return (
    <PlainTable title={words.operator.projections} columns={[...labels, words.actions]}>
      {rows.map((row) => (
        <tr key={row.name}>
          <td>
            {row.name}
            <span className="hint block">{row.collection}</span>
          </td>
          <td>
            <span className={toneOf(row.state)}>{words.operator.states[row.state]}</span>
          </td>
          <td className="right">
            {words.operator.lag(shownNumber(row.lag), Math.round(row.lagSeconds))}
          </td>
          <td className="right">{shownNumber(Math.round(row.rate))}</td>
          <td>
            <Now row={row} />
          </td>
          <td>
            <Acts row={row} onOpen={onOpen} />
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

function Acts({ row, onOpen }: Pick<TableProps, 'onOpen'> & { readonly row: ProjectionRow }) {
  const words = useWords();
  const { name, failure, parked } = row;
  const events = [...(failure?.event ? [failure.event] : []), ...parked.map(({ event }) => event)];
  return (
    <div className="row">
      {isUnderWay(row) ? (
        <CallOff name={name} />
      ) : (
        <Button
          label={`${words.operator.ask}: ${name}`}
          onClick={() => onOpen({ mo: 'yeu-cau', bang: name })}
        >
          {words.operator.ask}
        </Button>
      )}
      <Button
        label={`${words.operator.past}: ${name}`}
        onClick={() => onOpen({ mo: 'da-yeu-cau', bang: name })}
      >
        {words.operator.past}
      </Button>
      {(failure !== null || parked.length > 0) && (
        <Button onClick={() => onOpen({ mo: 'thu-lai', bang: name })}>
          {words.operator.retry}
        </Button>
      )}
      {events.map(({ position, type, stream, revision }) => (
        <Button
          key={position}
          kind="danger"
          label={`${words.operator.skip}: ${type} ${stream}@${revision}`}
          onClick={() => onOpen({ mo: 'bo-qua', bang: name, vitri: position })}
        >
          {words.operator.skip}
        </Button>
      ))}
    </div>
  );
}

type Path = Parameters<typeof portal.callOffProjectionTask>[0];

function CallOff({ name }: { readonly name: string }) {
  const words = useWords();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => portal.callOffProjectionTask({ projection: name } as Path),
  });
  return (
    <>
      <Button
        kind="danger"
        label={`${words.operator.callOff}: ${name}`}
        disabled={isPending}
        onClick={() => mutate()}
      >
        {words.operator.callOff}
      </Button>
      <Failure error={error} />
    </>
  );
}
