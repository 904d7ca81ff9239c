import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { lengths, type Answer, type CorrectEntryDto, type EntryRow } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { Conflict } from '../parts/conflict.tsx';
import { DayField } from '../parts/day-field.tsx';
import { shownDay, typedDay, typedWhole } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField, LongField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useFourEyes } from '../proposals/four-eyes.ts';
import { useSession } from '../session/session.ts';
import type { Words } from '../words/vi.ts';
import { useWords } from '../words/words.tsx';
import { authorityOf, authorityOptions } from './authorities.ts';
import { oneEntry } from './entry-queries.ts';
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
  if (name === 'copies' || name === 'fee') return typedWhole(typed);
  if (name === 'authority') return authorityOf(typed);
  return name === 'certifiedOn' ? (typedDay(typed) ?? typed) : typed.trim();
}

/** What was changed, and why; a column that stands is not sent. */
function changesIn(before: Draft, { reason, ...after }: Draft): CorrectEntryDto {
  const changed = columns.filter((name) => before[name] !== after[name]);
  const values = changed.map((name) => [name, valueOf(name, after[name])]);
  return { ...(Object.fromEntries(values) as Partial<CorrectEntryDto>), reason: reason.trim() };
}

/** What can be told before anything is sent: of what was changed, and of the reason. */
function faultsIn(before: Draft, values: Draft, words: Words): Faults {
  const labels = words.entries.fields;
  const changed = columns.filter((name) => before[name] !== values[name]);
  const among = <Name extends Column>(...names: readonly Name[]) =>
    names.filter((name) => changed.includes(name));
  const texts = among('requester', 'documentTitle', 'certifierFullName', 'certifierTitle');
  const isNoDay = among('certifiedOn').length > 0 && typedDay(values.certifiedOn) === undefined;
  const numbers = among('copies', 'fee').filter((name) => typedWhole(values[name]) === undefined);
  return {
    ...missingIn(values, [...texts, 'reason'], labels, words),
    ...(isNoDay && { certifiedOn: words.badDay }),
    ...Object.fromEntries(numbers.map((name) => [name, words.badNumber(labels[name])])),
  };
}

/** What is typed beside what was seen, and how it is sent. */
function useCorrecting({ book, entry, onClose }: EntryActProps) {
  const words = useWords();
  const { proposals } = words;
  const { agency } = useSession();
  const isOfTwo = useFourEyes();
  const client = useQueryClient();
  const [seen, setSeen] = useState(entry);
  const [changed, setChanged] = useState<EntryRow>();
  const draft = useDraft(draftOf(seen));
  const { number, numberText } = entry;
  const path = { agency, bookId: book.bookId, number };
  const command = useCommand({
    // The log takes one correction behind another: that somebody else made one is told here.
    stands: async () => {
      const now = await client.query({ ...oneEntry(path, number), staleTime: 0 }).catch(() => seen);
      const isSame = now.revision === seen.revision;
      if (!isSame) setChanged(now);
      return isSame;
    },
    run: (body: CorrectEntryDto, options): Promise<Answer<unknown>> =>
      isOfTwo
        ? portal.proposeCorrection(path, body, options)
        : portal.correctEntry(path, body, options),
    fields: [...columns, 'reason'],
    onDone: () => say(isOfTwo ? proposals.asked : words.entries.corrected(numberText)),
    close: onClose,
  });
  const found = faultsIn(draftOf(seen), draft.values, words);
  const { faults, passes } = useChecked(found, command.faults);
  const send = (): void => {
    if (passes()) command.send(changesIn(draftOf(seen), draft.values));
  };
  const settle = (now: EntryRow, values: Draft): void => {
    setSeen(now);
    setChanged(undefined);
    draft.replace(values);
  };
  return { draft, command, faults, send, changed, settle, isOfTwo };
}

/** Đính chính: any column but number, book and dossier; of a closed book the remarks alone. */
export function CorrectEntry(props: EntryActProps) {
  const { book, entry, onClose } = props;
  const words = useWords();
  const { proposals, entries } = words;
  const { draft, command, faults, send, changed, settle, isOfTwo } = useCorrecting(props);
  const { numberText } = entry;
  const title = isOfTwo
    ? `${proposals.kinds.correction} ${numberText}`
    : entries.correctTitle(numberText);
  return (
    <Window title={title} onClose={onClose} isDirty={draft.isDirty}>
      {changed && (
        <Conflict
          labels={entries.fields}
          theirs={{ ...draftOf(changed), reason: draft.values.reason }}
          yours={draft.values}
          onSettle={(_theirs, values) => settle(changed, values)}
        />
      )}
      {isOfTwo && <p className="notice warn">{proposals.correctionWhat}</p>}
      <p className="notice">{book.state === 'open' ? entries.correctWhat : entries.notesOnly}</p>
      <Form
        {...{ faults }}
        onSend={send}
        busy={command.busy}
        act={isOfTwo ? proposals.ask : entries.correct}
      >
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

const most: Partial<Record<keyof Draft, number>> = lengths.CorrectEntryDto;

function Columns({ values, set, faults, isOpen }: ColumnsProps) {
  const words = useWords();
  const labels = words.entries.fields;
  const about = (name: keyof Draft) => ({
    ...{ name, label: labels[name], value: values[name], onValue: set(name), fault: faults[name] },
    maxLength: most[name],
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
