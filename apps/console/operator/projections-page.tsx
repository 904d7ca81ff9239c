import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Loading } from '../parts/loading.tsx';
import { useWords } from '../words/words.tsx';
import { AskWindow } from './ask-window.tsx';
import { FaultWindow } from './fault-windows.tsx';
import { useProjectionFeed } from './feed.ts';
import { Health } from './health.tsx';
import type { OperatorWindow } from './operator-window.ts';
import { ProjectionTable } from './projection-table.tsx';
import { TasksWindow } from './tasks-window.tsx';

/** Vận hành: the read models against the log as they change, and what is done with them. */
export function ProjectionsPage() {
  const words = useWords();
  const { rows, isCut } = useProjectionFeed();
  const [open, setOpen] = useState<OperatorWindow>();
  const close = (): void => setOpen(undefined);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{words.operator.projections}</h1>
        {rows && (
          <Button
            kind="main-act"
            onClick={() => setOpen({ kind: 'ask', names: rows.map(({ name }) => name) })}
          >
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
      {!rows && <Loading />}
      {rows && <ProjectionTable rows={rows} onOpen={setOpen} />}
      {open?.kind === 'ask' && <AskWindow projections={open.names} onClose={close} />}
      {open?.kind === 'past' && <TasksWindow name={open.name} onClose={close} />}
      {open?.kind === 'fault' && <FaultWindow {...open} onClose={close} />}
    </div>
  );
}
