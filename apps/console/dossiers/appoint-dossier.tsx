import { lengths, type ExtendDossierDto } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { shownMinute } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { CheckField, LongField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { faultsOfInstant, HourFields, instantIn } from './hour-fields.tsx';
import type { OfDossier } from './return-dossier.tsx';

const empty = { day: '', hour: '', reason: '', agreed: 'no' };

/** Sends what was typed, and tells of it. */
function useAppointment({ dossier: { dossier }, onClose }: OfDossier) {
  const { dossiers } = useWords();
  const { agency } = useSession();
  return useCommand({
    run: (body: ExtendDossierDto, options) =>
      portal.extendDossier({ agency, dossier }, body, options),
    fields: ['dueAt', 'reason', 'agreedInWriting'],
    onDone: ({ data }) => say(dossiers.appointed(dossier, shownMinute(data.dossier.dueAt))),
    close: onClose,
  });
}

/** Hẹn trả kết quả: the hour and the day, why, and whether the requester has agreed. */
export function AppointDossier(about: OfDossier) {
  const { dossier: row, onClose } = about;
  const words = useWords();
  const { dossiers } = words;
  const draft = useDraft(empty);
  const command = useAppointment(about);
  const { values } = draft;
  const missing = {
    ...missingIn(values, ['reason'], { reason: words.reason }, words),
    ...faultsOfInstant(values, words),
  };
  const { faults, passes } = useChecked(missing, command.faults);
  const send = (): void => {
    const { reason, agreed } = values;
    const [dueAt, agreedInWriting] = [instantIn(values) ?? '', agreed === 'yes'];
    if (passes()) command.send({ dueAt, reason: reason.trim(), agreedInWriting });
  };
  return (
    <Window title={dossiers.appoint(row.dossier)} onClose={onClose} isDirty={draft.isDirty}>
      <p className="notice">{dossiers.appointWhat(shownMinute(row.firstDueAt))}</p>
      <Form onSend={send} faults={faults} busy={command.busy} act={dossiers.appointGo}>
        <Fields {...draft} faults={faults} />
        <Failure error={command.conflict ?? command.failure} />
      </Form>
    </Window>
  );
}

interface FieldsProps {
  readonly values: typeof empty;
  readonly set: (name: keyof typeof empty) => (value: string) => void;
  readonly faults: Faults;
}

function Fields({ values, set, faults }: FieldsProps) {
  const words = useWords();
  const { fields } = words.dossiers;
  return (
    <>
      <div className="grid-2">
        <HourFields
          {...{ values, set, faults }}
          fault={faults['dueAt']}
          labels={{ day: fields.dueOn, hour: fields.dueHour }}
          must
        />
      </div>
      <LongField
        name="reason"
        label={words.reason}
        must
        value={values.reason}
        onValue={set('reason')}
        fault={faults['reason']}
        maxLength={lengths.ExtendDossierDto.reason}
      />
      <CheckField
        name="agreed"
        label={fields.agreedInWriting}
        value={values.agreed}
        onValue={set('agreed')}
      />
      {faults['agreedInWriting'] !== undefined && (
        <p className="notice bad" role="alert">
          {faults['agreedInWriting']}
        </p>
      )}
    </>
  );
}
