import type { EndMandateDto, MandateRow } from '#client';
import { lengths } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { DayField } from '../parts/day-field.tsx';
import { shownDay, typedDay } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { useFollowed } from '../parts/followed.ts';
import { Failure } from '../parts/failure.tsx';
import { LongField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

interface EndProps {
  readonly mandate: MandateRow;
  readonly onClose: () => void;
}

/** Chấm dứt: from a day on, with the reason; numbers that stand on it go on doing so. */
export function EndMandate({ mandate, onClose }: EndProps) {
  const words = useWords();
  const { mandates } = words;
  const { agency, me } = useSession();
  const { id, mandateNumber, validFrom } = mandate;
  const first = me.today < validFrom ? validFrom : me.today;
  const draft = useDraft({ endedOn: shownDay(first), reason: '' });
  const command = useCommand({
    run: (body: EndMandateDto, options) => portal.endMandate({ agency, id }, body, options),
    fields: ['endedOn', 'reason'],
    onDone: () => say(mandates.ended(mandateNumber)),
    close: onClose,
  });
  const { values, set } = draft;
  useFollowed(shownDay(first), values.endedOn, set('endedOn'));
  const endedOn = typedDay(values.endedOn);
  const labels = { endedOn: mandates.fields.endedOn, reason: words.reason };
  const missing = {
    ...missingIn(values, ['endedOn', 'reason'], labels, words),
    ...(endedOn === undefined && { endedOn: words.badDay }),
  };
  const { faults, passes } = useChecked(missing, command.faults);
  const send = (): void => {
    if (passes()) command.send({ endedOn: endedOn ?? '', reason: values.reason.trim() });
  };
  const about = (name: keyof typeof values) => ({
    ...{ name, label: labels[name], value: values[name], onValue: set(name), fault: faults[name] },
    must: true,
  });
  const act = mandates.endGo;
  return (
    <Window title={mandates.end(mandateNumber)} onClose={onClose} isDirty={draft.isDirty}>
      <p className="notice warn">{mandates.endWhat}</p>
      <Form onSend={send} {...{ faults, act }} busy={command.busy} isDanger onCancel={onClose}>
        <DayField {...about('endedOn')} hint={mandates.endedOnHint} />
        <LongField {...about('reason')} maxLength={lengths.EndMandateDto.reason} />
        <Failure error={command.conflict ?? command.failure} />
      </Form>
    </Window>
  );
}
