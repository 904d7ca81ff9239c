import { lengths, type RevokeEntryDto } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { DayField } from '../parts/day-field.tsx';
import { shownDay, typedDay } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { useFollowed } from '../parts/followed.ts';
import { Failure } from '../parts/failure.tsx';
import { LongField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { EntryActProps } from './void-entry.tsx';

const must = ['decisionNumber', 'decisionDate', 'reason'] as const;
/** What may be said later, or by nobody. */
const may = ['decisionIssuer', 'publishedAt', 'publishedOn'] as const;
const fields = [...must, ...may] as const;

const dayOf = (typed: string): string => typedDay(typed) ?? typed;

/** What is sent: of what may be left out, what was said. */
function bodyOf(values: Readonly<Record<(typeof fields)[number], string>>): RevokeEntryDto {
  const { decisionNumber, decisionDate, publishedOn, reason } = values;
  const dated = { ...values, publishedOn: dayOf(publishedOn) };
  const said = may.flatMap((name) => (dated[name].trim() === '' ? [] : [[name, dated[name]]]));
  const others = Object.fromEntries(said) as Pick<RevokeEntryDto, (typeof may)[number]>;
  return { decisionNumber, decisionDate: dayOf(decisionDate), reason, ...others };
}

/** Hủy giá trị pháp lý, by a decision (TT 01/2020 Điều 7). */
export function RevokeEntry({ book: { bookId }, entry, onClose }: EntryActProps) {
  const words = useWords();
  const { agency, me } = useSession();
  const { number, numberText } = entry;
  const labels = words.entries.fields;
  const draft = useDraft({
    ...{ decisionNumber: '', decisionDate: shownDay(me.today), reason: '' },
    ...{ decisionIssuer: '', publishedAt: '', publishedOn: '' },
  });
  const { values, set } = draft;
  useFollowed(shownDay(me.today), values.decisionDate, set('decisionDate'));
  const command = useCommand({
    run: (body: RevokeEntryDto, options) =>
      portal.revokeCertification({ agency, bookId, number }, body, options),
    fields,
    onDone: () => say(words.entries.revoked(numberText)),
    close: onClose,
  });
  const found = missingIn(values, must, labels, words);
  const { faults, passes } = useChecked(found, command.faults);
  const send = (): void => {
    if (passes()) command.send(bodyOf(values));
  };
  const about = (name: (typeof fields)[number]) => ({
    ...{ name, label: labels[name], value: values[name], onValue: set(name), fault: faults[name] },
    must: must.some((one) => one === name),
  });
  return (
    <Window title={words.entries.revokeTitle(numberText)} onClose={onClose} isDirty={draft.isDirty}>
      <p className="notice warn">{words.entries.revokeWhat}</p>
      <Form {...{ faults }} onSend={send} busy={command.busy} act={words.entries.revoke} isDanger>
        <TextField {...about('decisionNumber')} maxLength={lengths.RevokeEntryDto.decisionNumber} />
        <DayField {...about('decisionDate')} />
        <TextField {...about('decisionIssuer')} maxLength={lengths.RevokeEntryDto.decisionIssuer} />
        <TextField {...about('publishedAt')} maxLength={lengths.RevokeEntryDto.publishedAt} />
        <DayField {...about('publishedOn')} />
        <LongField {...about('reason')} maxLength={lengths.RevokeEntryDto.reason} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}
