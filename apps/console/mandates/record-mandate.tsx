import { useQuery } from '@tanstack/react-query';
import { lengths, type RecordMandateDto } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { asked, portal } from '../api/portal.ts';
import { DayField } from '../parts/day-field.tsx';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { CheckField, ChoiceField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { emptyMandate, faultsIn, mandateOf, withType, type MandateDraft } from './mandate-draft.ts';

/** Ghi nhận ủy quyền, phân công: what the document says. */
export function RecordMandate({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { mandates } = words;
  const { agency } = useSession();
  const draft = useDraft(emptyMandate);
  const command = useCommand({
    run: (body: RecordMandateDto, options) => portal.recordMandate({ agency }, body, options),
    fields: Object.keys(emptyMandate),
    onDone: ({ data }) => say(mandates.recorded(data.mandate.mandateNumber)),
    close: onClose,
  });
  const { faults, passes } = useChecked(faultsIn(draft.values, words), command.faults);
  const send = (): void => {
    if (passes()) command.send(mandateOf(draft.values));
  };
  return (
    <Window title={mandates.record} onClose={onClose} isDirty={draft.isDirty}>
      <Form onSend={send} faults={faults} busy={command.busy}>
        <Fields {...draft} faults={faults} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}

interface FieldsProps {
  readonly values: MandateDraft;
  readonly set: (name: keyof MandateDraft) => (value: string) => void;
  readonly faults: Faults;
}

const most: Partial<Record<keyof MandateDraft, number>> = lengths.RecordMandateDto;

function Fields({ values, set, faults }: FieldsProps) {
  const words = useWords();
  const { fields, hints, kinds } = words.mandates;
  const about = (name: keyof MandateDraft) => ({
    ...{ name, label: fields[name], value: values[name], onValue: set(name), fault: faults[name] },
    maxLength: most[name],
  });
  const isLimited = values.mandateKind === 'delegation';
  return (
    <>
      <div className="grid-2">
        <ChoiceField {...about('mandateKind')} options={Object.entries(kinds)} />
        <TextField {...about('mandateNumber')} must />
        <DayField {...about('issuedOn')} must />
        <TextField {...about('mandateIssuer')} must />
        <TextField {...about('holderFullName')} must hint={hints.holder} />
        <TextField {...about('holderTitle')} must hint={hints.holder} />
        <TextField {...about('holderAccount')} hint={hints.holderAccount} />
        <DayField {...about('validFrom')} must />
        <DayField {...about('validTo')} must={isLimited} hint={hints.validTo} />
      </div>
      <Scope value={values.scope} onValue={set('scope')} />
    </>
  );
}

interface ScopeProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** Which types it covers; none chosen is all. */
function Scope({ value, onValue }: ScopeProps) {
  const { mandates } = useWords();
  const { data } = useQuery({
    queryKey: ['register-types'],
    queryFn: async ({ signal }) => (await portal.listRegisterTypes(asked(signal))).data,
    staleTime: Infinity,
  });
  const chosen = value.split(' ');
  return (
    <fieldset className="lines">
      <legend className="legend">{mandates.fields.scope}</legend>
      <p className="hint">{mandates.hints.scope}</p>
      {data?.items.map(({ code, title }) => (
        <CheckField
          key={code}
          name={`scope-${code}`}
          label={title}
          value={chosen.includes(code) ? 'yes' : 'no'}
          onValue={(answer) => onValue(withType(value, code, answer === 'yes'))}
        />
      ))}
    </fieldset>
  );
}
