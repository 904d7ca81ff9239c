import { useState } from 'react';
import type { CorrectEntryDto, EntryRow } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { DayField } from '../parts/day-field.tsx';
import { shownDay, typedDay } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField, LongField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { authorityOf, authorityOptions } from './authorities.ts';
import type { EntryActProps } from './void-entry.tsx';

const columns = [
  'requester',
  'documentTitle',
  'certifiedOn',
  'certifierFullName',
  'certifierTitle',
  'authority',
  'copies',
  'fee',
  'note',
] as const;
type Column = (typeof columns)[number];
type Draft = Readonly<Record<Column | 'reason', string>>;

const draftOf = (entry: EntryRow): Draft => ({
  requester: entry.requester,
  documentTitle: entry.documentTitle,
  certifiedOn: shownDay(entry.certifiedOn ?? ''),
  certifierFullName: entry.certifierFullName,
  certifierTitle: entry.certifierTitle,
  authority: entry.authority ?? '',
  copies: String(entry.copies),
  fee: String(entry.fee),
  note: entry.note,
  reason: '',
});

/** A column as the service takes it. */
function valueOf(name: Column, typed: string): unknown {
  if (name === 'copies' || name === 'fee') return Number(typed);
  if (name === 'authority') return authorityOf(typed);
  return name === 'certifiedOn' ? (typedDay(typed) ?? typed) : typed.trim();
}

/** What was changed, and why; a column that stands is not sent. */
function changesIn(before: Draft, { reason, ...after }: Draft): CorrectEntryDto {
  const changed = columns.filter((name) => before[name] !== after[name]);
  const values = changed.map((name) => [name, valueOf(name, after[name])]);
  return { ...(Object.fromEntries(values) as Partial<CorrectEntryDto>), reason: reason.trim() };
}

/** Đính chính: any column but number, book and dossier; of a closed book the remarks alone. */
export function CorrectEntry({ book, entry, onClose }: EntryActProps) {
  const words = useWords();
  const { agency } = useSession();
  const labels = words.entries.fields;
  const [initial] = useState(() => draftOf(entry));
  const draft = useDraft(initial);
  const { number, numberText } = entry;
  const command = useCommand({
    run: (body: CorrectEntryDto, options) =>
      portal.correctEntry({ agency, bookId: book.bookId, number }, body, options),
    fields: [...columns, 'reason'],
    onDone: () => {
      say(words.entries.corrected(numberText));
      onClose();
    },
  });
  const found = missingIn(draft.values, ['reason'], labels, words);
  const { faults, passes } = useChecked(found, command.faults);
  const send = (): void => {
    if (passes()) command.send(changesIn(initial, draft.values));
  };
  return (
    <Window
      title={words.entries.correctTitle(numberText)}
      onClose={onClose}
      isDirty={draft.isDirty}
    >
      <p className="notice">
        {book.state === 'open' ? words.entries.correctWhat : words.entries.notesOnly}
      </p>
      <Form {...{ faults }} onSend={send} busy={command.busy} act={words.entries.correct}>
        <Columns {...draft} faults={faults} isOpen={book.state === 'open'} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}

interface ColumnsProps {
  readonly values: Draft;
  readonly set: (name: keyof Draft) => (value: string) => void;
  readonly faults: Readonly<Record<string, string>>;
  readonly isOpen: boolean;
}

function Columns({ values, set, faults, isOpen }: ColumnsProps) {
  const words = useWords();
  const labels = words.entries.fields;
  const about = (name: keyof Draft) => ({
    ...{ name, label: labels[name], value: values[name], onValue: set(name), fault: faults[name] },
  });
  return (
    <>
      {isOpen && (
        <div className="grid-2">
          <TextField {...about('requester')} />
          <TextField {...about('documentTitle')} />
          <DayField {...about('certifiedOn')} />
          <TextField {...about('certifierFullName')} />
          <TextField {...about('certifierTitle')} />
          <ChoiceField {...about('authority')} options={authorityOptions(words)} />
          <TextField {...about('copies')} inputMode="numeric" />
          <TextField {...about('fee')} inputMode="numeric" />
        </div>
      )}
      <LongField {...about('note')} />
      <LongField {...about('reason')} must />
    </>
  );
}
