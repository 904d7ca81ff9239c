import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ProjectionRow } from '#client';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { useWords } from '../words/words.tsx';
import { AskWindow } from './ask-window.tsx';
import { FaultWindow } from './fault-windows.tsx';
import { useProjectionFeed } from './feed.ts';
import { Health } from './health.tsx';
import type { OperatorSearch } from './operator-search.ts';
import { ProjectionTable } from './projection-table.tsx';
import { TasksWindow } from './tasks-window.tsx';

/** Vận hành: the read models against the log as they change, and what is done with them. */
export function ProjectionsPage() {
  const words = useWords();
  const { rows, isCut, refused } = useProjectionFeed();
  const navigate = useNavigate({ from: '/van-hanh/bang-doc' });
  const turn = (search: OperatorSearch): void => void navigate({ search });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.operator.projections}</h1>
        {rows && (
          <Button kind="main-act" onClick={() => turn({ mo: 'yeu-cau' })}>
            {words.operator.askAll}
          </Button>
        )}
      </div>
      <Health />
      {isCut && (
        <p className="notice warn" role="status">
          {words.operator.cut}
        </p>
      )}
      <Failure error={refused} />
      {!rows && !refused && <Loading />}
      {rows && <ProjectionTable rows={rows} onOpen={turn} />}
      {rows && <Windows rows={rows} onClose={() => turn({})} />}
    </div>
  );
}

interface WindowsProps {
  readonly rows: readonly ProjectionRow[];
  readonly onClose: () => void;
}

/** The window the address names, before the table. */
function Windows({ rows, onClose }: WindowsProps) {
  const { mo, bang, vitri } = useSearch({ from: '/shell/van-hanh/bang-doc' });
  const names = rows.map(({ name }) => name).filter((name) => bang === undefined || name === bang);
  const [name] = names;
  if (name === undefined) return null;
  if (mo === 'yeu-cau') return <AskWindow projections={names} onClose={onClose} />;
  if (mo === 'da-yeu-cau') return <TasksWindow name={name} onClose={onClose} />;
  if (mo === 'thu-lai') return <FaultWindow name={name} position={undefined} onClose={onClose} />;
  if (mo === 'bo-qua' && vitri !== undefined)
    return <FaultWindow name={name} position={vitri} onClose={onClose} />;
  return null;
}
