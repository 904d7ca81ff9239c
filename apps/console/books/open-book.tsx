import { useState } from 'react';
import type { NextBook, OpenBookDto } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { shownDay } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { Form } from '../parts/form.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { BookFields, bookOf, faultsIn, type BookDraft } from './book-fields.tsx';

const fields = ['name', 'firstNumber', 'openedOn', 'closesOn', 'reason'];

const draftOf = ({ name, firstNumber, openedOn, closesOn }: NextBook): BookDraft => ({
  name,
  firstNumber: String(firstNumber),
  openedOn: shownDay(openedOn),
  closesOn: shownDay(closesOn),
  reason: '',
});

/** Thêm Quyển sổ chứng thực. */
export function OpenBook({
  next,
  onClose,
}: {
  readonly next: NextBook;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { agency } = useSession();
  const [initial] = useState(draftOf(next));
  const draft = useDraft(initial);
  const command = useCommand({
    run: (body: OpenBookDto, options) => portal.openBook({ agency }, body, options),
    fields,
    onDone: ({ data }) => say(words.books.opened(data.book.name)),
    close: onClose,
  });
  const { faults, passes } = useChecked(faultsIn(draft.values, words), command.faults);
  const send = (): void => {
    if (passes()) command.send(bookOf(draft.values));
  };
  const isUsual =
    draft.values.firstNumber === initial.firstNumber && faults['reason'] === undefined;
  return (
    <Window title={words.books.title} onClose={onClose} isDirty={draft.isDirty}>
      <Form onSend={send} faults={faults} busy={command.busy}>
        <BookFields
          {...draft}
          faults={faults}
          isLocked={false}
          reasonHint={isUsual ? undefined : words.books.reasonHint}
        />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}
