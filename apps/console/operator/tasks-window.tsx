import { useQuery } from '@tanstack/react-query';
import type { TaskOfProjection, TaskRow } from '#client';
import { portal } from '../api/portal.ts';
import { shownInstant, shownNumber } from '../parts/days.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { Window } from '../parts/window.tsx';
import { useWords } from '../words/words.tsx';

type Path = Parameters<typeof portal.listProjectionTasks>[0];
type Findings = NonNullable<TaskRow['findings']>;

/** What was asked of a read model, by whom and why, and what came of it. */
export function TasksWindow({
  name,
  onClose,
}: {
  readonly name: string;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['tasks', name],
    queryFn: async ({ signal }) =>
      (await portal.listProjectionTasks({ projection: name } as Path, { signal })).data.items,
  });
  return (
    <Window title={`${words.operator.past}: ${name}`} onClose={onClose} isWide>
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data?.length === 0 && <p className="sheet empty">{words.operator.none}</p>}
      {data?.map((task) => (
        <OneTask key={task.id} task={task} />
      ))}
    </Window>
  );
}

function OneTask({ task }: { readonly task: TaskOfProjection }) {
  const words = useWords();
  const { kinds, taskStates } = words.operator;
  return (
    <section className="sheet stack">
      <h3>
        {kinds[task.kind]}: {taskStates[task.state]}
      </h3>
      <p>
        {shownInstant(task.askedAt)} · {task.by.name} ({task.by.account}) · {task.by.reason}
      </p>
      {task.error !== null && <p className="fault breaks">{task.error}</p>}
      {task.calledOffBy !== null && (
        <p>
          {words.operator.offBy}: {task.calledOffBy}
        </p>
      )}
      {task.findings && <Found findings={task.findings} />}
    </section>
  );
}

/** The findings in a sentence. */
export function FoundSummary({ findings }: { readonly findings: Findings }) {
  const words = useWords();
  const { documents, found, repaired, left } = findings;
  return (
    <p className={left > 0 ? 'fault' : ''}>
      {words.operator.found(shownNumber(documents), shownNumber(found))}
      {repaired !== null && ` ${words.operator.repaired(shownNumber(repaired), shownNumber(left))}`}
    </p>
  );
}

function Found({ findings }: { readonly findings: Findings }) {
  const words = useWords();
  const { differences, notJudged } = findings;
  return (
    <>
      <FoundSummary findings={findings} />
      {differences.length > 0 && (
        <ul>
          {differences.map(({ kind, id, fields }) => (
            <li key={id} className="breaks">
              {words.operator.differs[kind]}: {id}
              {fields && fields.length > 0 && ` (${fields.join(', ')})`}
            </li>
          ))}
        </ul>
      )}
      {notJudged.map(({ position, stream, revision, type }) => (
        <p key={position} className="breaks">
          {words.operator.notJudged}: {type} {stream}@{revision}
        </p>
      ))}
    </>
  );
}
