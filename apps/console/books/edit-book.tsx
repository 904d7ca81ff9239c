import { useState } from 'react';
import type { BookDetails, EditBookDto } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { Conflict } from '../parts/conflict.tsx';
import { shownDay } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { Form } from '../parts/form.tsx';
import { sayUndoable } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { useUndo } from './undo-edit.ts';
import { BookFields, bookOf, faultsIn, type BookDraft } from './book-fields.tsx';

interface EditProps {
  readonly book: BookDetails;
  /** The revision that was seen: another's change since is shown, not overwritten. */
  readonly etag: string | null;
  readonly onClose: () => void;
}

const fields = ['name', 'firstNumber', 'openedOn', 'closesOn', 'reason'];
const columns = ['name', 'firstNumber', 'openedOn', 'closesOn'] as const;

type Shown = Pick<BookDetails, (typeof columns)[number]>;

/** A book as its form has it; the suffix is added by the service. */
const draftOf = ({ name, firstNumber, openedOn, closesOn }: Shown): BookDraft => ({
  name: name.replace(/-SCTĐT\/BS$/, ''),
  firstNumber: String(firstNumber),
  openedOn: shownDay(openedOn),
  closesOn: shownDay(closesOn),
  reason: '',
});

/** What differs from what was seen; the service takes only that. */
function changes(before: BookDraft, values: BookDraft): EditBookDto {
  const whole = bookOf(values);
  const changed = columns.filter((name) => before[name] !== values[name]);
  const fieldsOf = Object.fromEntries(changed.map((name) => [name, whole[name]]));
  return { ...fieldsOf, ...(whole.reason !== undefined && { reason: whole.reason }) };
}

/** ✎ Sửa thông tin sổ. */
export function EditBook({ book, etag, onClose }: EditProps) {
  const words = useWords();
  const { agency } = useSession();
  const [seen, setSeen] = useState({ draft: draftOf(book), etag });
  const undo = useUndo({ agency, bookId: book.bookId });
  const draft = useDraft(seen.draft);
  const command = useCommand({
    run: (body: EditBookDto, options) =>
      portal.editBook({ agency, bookId: book.bookId }, body, { ...options, ifMatch: seen.etag }),
    fields,
    onDone: ({ data, etag: now }) => {
      const before = changes(draft.values, { ...seen.draft, reason: draft.values.reason });
      sayUndoable(words.books.edited(data.book.name), {
        label: words.undo,
        run: () => undo({ before, ifMatch: now }),
      });
    },
    close: onClose,
  });
  const { faults, passes } = useChecked(faultsIn(draft.values, words), command.faults);
  const send = (): void => {
    if (passes()) command.send(changes(seen.draft, draft.values));
  };
  const settle = (current: BookDraft, values: BookDraft): void => {
    setSeen({ draft: current, etag: command.conflict?.headers.get('ETag') ?? null });
    draft.replace(values);
    command.forget();
  };
  return (
    <Window title={words.books.edit(book.name)} onClose={onClose} isDirty={draft.isDirty}>
      {command.conflict && (
        <Conflict
          labels={words.books.fields}
          theirs={draftOf(command.conflict.current as Shown)}
          yours={draft.values}
          onSettle={settle}
        />
      )}
      <Form onSend={send} faults={faults} busy={command.busy}>
        <Fields {...draft} {...{ faults, book }} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}

interface FieldsProps extends Pick<ReturnType<typeof useDraft<BookDraft>>, 'values' | 'set'> {
  readonly faults: Faults;
  readonly book: BookDetails;
}

/** The form; of a book that has given numbers only its last day. */
function Fields({ book, ...about }: FieldsProps) {
  const { locked, editReasonHint } = useWords().books;
  const isLocked = book.entries > 0;
  return (
    <>
      {isLocked && <p className="notice">{locked}</p>}
      <BookFields {...about} isLocked={isLocked} reasonHint={editReasonHint} />
    </>
  );
}
