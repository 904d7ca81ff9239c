import { useRef, useState, type KeyboardEvent } from 'react';
import type { BookDetails } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { Button } from '../parts/button.tsx';
import { useFollowed } from '../parts/followed.ts';
import { Failure } from '../parts/failure.tsx';
import { Form } from '../parts/form.tsx';
import { say, sayUndoable } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import {
  documentOf,
  emptyCommon,
  faultsIn,
  isNumbered,
  newLine,
  withLine,
  type Line,
} from './assign-draft.ts';
import { CommonFields } from './assign-common.tsx';
import { Lines } from './assign-lines.tsx';
import type { Stamps } from './stamps.ts';
import { useProposedFees } from './proposed-fees.ts';

interface AssignProps {
  readonly book: BookDetails;
  readonly stamps: Stamps;
  readonly onClose: () => void;
}

const keyOfDefault = (items: Stamps['seals'] | Stamps['signatures']): string =>
  items.find(({ isDefault }) => isDefault)?.key ?? '';

/** What is typed, and what the service has answered to it. */
function useDossier({ stamps }: Pick<AssignProps, 'stamps'>) {
  const words = useWords();
  const { me } = useSession();
  const { signatures, seals } = stamps;
  const empty = emptyCommon(me.today, keyOfDefault(signatures), keyOfDefault(seals));
  const [common, setCommon] = useState(empty);
  useFollowed(empty.certifiedOn, common.certifiedOn, (certifiedOn) =>
    setCommon({ ...common, certifiedOn }),
  );
  const [lines, setLines] = useState<readonly Line[]>([newLine(1)]);
  const open = lines.filter((line) => !isNumbered(line));
  const add = (): void =>
    setLines((now) => [...now, newLine(Math.max(0, ...now.map(({ document }) => document)) + 1)]);
  const remove = (line: Line): void => {
    setLines((now) => now.filter(({ document }) => document !== line.document));
    sayUndoable(words.entries.removed(line.document), {
      label: words.undo,
      run: () => setLines((now) => withLine(now, line)),
    });
  };
  const reset = (): void => {
    setCommon({ ...common, dossier: '', requester: '' });
    setLines([newLine(1)]);
  };
  const isTyped = lines.some(({ documentTitle }) => documentTitle !== '');
  const isDirty = common.dossier !== '' || common.requester !== '' || isTyped;
  return { common, setCommon, lines, setLines, open, add, remove, reset, isDirty };
}

/** Sends what has no number yet, and puts each answer beside its document. */
function useAssigning(
  book: BookDetails,
  { common, open, setLines }: ReturnType<typeof useDossier>,
) {
  const words = useWords();
  const { agency } = useSession();
  const fees = useProposedFees(book.type, common.certifiedOn, open);
  const command = useCommand({
    run: (body: Parameters<typeof portal.assignEntryNumbers>[1], options) =>
      portal.assignEntryNumbers({ agency, bookId: book.bookId }, body, options),
    fields: [],
    onDone: ({ data }, { documents }) => {
      const answers = new Map(documents.map(({ document }, at) => [document, data.items[at]]));
      setLines((now) => now.map((line) => ({ ...line, ...answered(answers.get(line.document)) })));
      const count = data.items.filter(({ entry }) => entry !== null).length;
      if (count > 0) say(words.entries.assigned(count));
    },
  });
  const send = (): void => {
    const feeOf = ({ document }: Line): number | null => fees.get(document) ?? null;
    command.send({ documents: open.map((line) => documentOf(common, line, feeOf(line))) });
  };
  return { fees, command, send };
}

/** The form of a dossier: Enter adds a document, Ctrl+Enter gives the numbers. */
export function AssignForm({ book, stamps, onClose }: AssignProps) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const dossier = useDossier({ stamps });
  const { common, lines, open, setLines: onLines, add: onAdd, remove: onRemove } = dossier;
  const { fees, command, send } = useAssigning(book, dossier);
  const { faults, passes } = useChecked(faultsIn(common, lines, { words, fees }), {});
  const isDone = open.length === 0;
  const onSend = (): void => {
    if (!isDone && passes()) send();
    if (!isDone) return;
    dossier.reset();
    box.current?.querySelector<HTMLElement>('input')?.focus();
  };
  // From whatever field: Enter alone is the field's own.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!command.busy) onSend();
  };
  const act = isDone ? words.entries.another : words.entries.assignGo(open.length);
  const isFixed = open.length < lines.length;
  const isDirty = dossier.isDirty && !isDone;
  return (
    <Window title={words.entries.assignTitle(book.name)} {...{ onClose, isDirty }} isWide>
      <p className="hint">{words.entries.keys}</p>
      <div ref={box} onKeyDown={onKeyDown}>
        <Form {...{ onSend, faults, act }} busy={command.busy}>
          <CommonFields
            {...{ book, stamps, common, faults, isFixed }}
            onCommon={dossier.setCommon}
          />
          <Lines {...{ book, lines, faults, fees, onLines, onAdd, onRemove }} />
          {!isDone && <Button onClick={onAdd}>{words.entries.addDocument}</Button>}
          <Failure error={command.failure} />
        </Form>
      </div>
    </Window>
  );
}

const answered = (answer: Line['answer']): Partial<Line> => (answer ? { answer } : {});
