import { lengths, type RevokeEntryDto } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { DayField } from '../parts/day-field.tsx';
import { shownDay, typedDay } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { LongField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { EntryActProps } from './void-entry.tsx';

const fields = ['decisionNumber', 'decisionDate', 'reason'] as const;

/** Hủy giá trị pháp lý, by a decision (TT 01/2020 Điều 7). */
export function RevokeEntry({ book: { bookId }, entry, onClose }: EntryActProps) {
  const words = useWords();
  const { agency, me } = useSession();
  const { number, numberText } = entry;
  const labels = words.entries.fields;
  const draft = useDraft({ decisionNumber: '', decisionDate: shownDay(me.today), reason: '' });
  const { values, set } = draft;
  const command = useCommand({
    run: (body: RevokeEntryDto, options) =>
      portal.revokeCertification({ agency, bookId, number }, body, options),
    fields,
    onDone: () => {
      say(words.entries.revoked(numberText));
      onClose();
    },
  });
  const found = missingIn(values, fields, labels, words);
  const { faults, passes } = useChecked(found, command.faults);
  const send = (): void => {
    const decisionDate = typedDay(values.decisionDate) ?? values.decisionDate;
    if (passes()) command.send({ ...values, decisionDate });
  };
  const about = (name: (typeof fields)[number]) => ({
    ...{ name, label: labels[name], value: values[name], onValue: set(name), fault: faults[name] },
    must: true,
  });
  return (
    <Window title={words.entries.revokeTitle(numberText)} onClose={onClose} isDirty={draft.isDirty}>
      <p className="notice warn">{words.entries.revokeWhat}</p>
      <Form {...{ faults }} onSend={send} busy={command.busy} act={words.entries.revoke} isDanger>
        <TextField {...about('decisionNumber')} maxLength={lengths.RevokeEntryDto.decisionNumber} />
        <DayField {...about('decisionDate')} />
        <LongField {...about('reason')} maxLength={lengths.RevokeEntryDto.reason} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}
