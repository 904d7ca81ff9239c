import { lengths, type ReceiveDossierDto } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { shownMinute, typedWhole } from '../parts/days.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import type { Words } from '../words/vi.ts';
import { useWords } from '../words/words.tsx';
import { faultsOfInstant, HourFields, instantIn } from './hour-fields.tsx';

const empty = { dossier: '', documents: '1', requester: '', day: '', hour: '' };
type Draft = typeof empty;
const must = ['dossier', 'documents'] as const;

/** Received now, unless a day or an hour was typed. */
const isNow = ({ day, hour }: Draft): boolean => day.trim() === '' && hour.trim() === '';

function bodyOf(draft: Draft): ReceiveDossierDto {
  const { dossier, documents, requester } = draft;
  const receivedAt = instantIn(draft);
  return {
    dossier: dossier.trim(),
    documents: typedWhole(documents) ?? 0,
    ...(requester.trim() !== '' && { requester: requester.trim() }),
    ...(receivedAt !== undefined && { receivedAt }),
  };
}

function faultsIn(draft: Draft, words: Words): Faults {
  const { fields, badDocuments } = words.dossiers;
  const isWhole = typedWhole(draft.documents) !== undefined;
  return {
    ...(!isWhole && { documents: badDocuments }),
    ...missingIn(draft, must, fields, words),
    ...(!isNow(draft) && faultsOfInstant(draft, words)),
  };
}

/** Tiếp nhận hồ sơ. */
export function ReceiveDossier({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { dossiers } = words;
  const { agency } = useSession();
  const draft = useDraft(empty);
  const command = useCommand({
    run: (body: ReceiveDossierDto, options) => portal.receiveDossier({ agency }, body, options),
    fields: [...must, 'requester', 'receivedAt'],
    onDone: ({ data: { dossier } }) =>
      say(dossiers.received(dossier.dossier, shownMinute(dossier.dueAt))),
    close: onClose,
  });
  const { values, set } = draft;
  const { faults, passes } = useChecked(faultsIn(values, words), command.faults);
  const send = (): void => {
    if (passes()) command.send(bodyOf(values));
  };
  const about = (name: 'dossier' | 'documents' | 'requester') => ({
    ...{ name, label: dossiers.fields[name], value: values[name] },
    ...{ onValue: set(name), fault: faults[name] },
  });
  const most = lengths.ReceiveDossierDto;
  return (
    <Window title={dossiers.receive} onClose={onClose} isDirty={draft.isDirty}>
      <Form onSend={send} faults={faults} busy={command.busy} act={dossiers.receiveGo}>
        <div className="grid-2">
          <TextField {...about('dossier')} must maxLength={most.dossier} autoFocus />
          <TextField {...about('documents')} must inputMode="numeric" hint={dossiers.eachNumber} />
        </div>
        <TextField {...about('requester')} maxLength={most.requester} />
        <div className="grid-2">
          <HourFields
            {...{ values, set, faults }}
            fault={faults['receivedAt']}
            labels={{ day: dossiers.fields.receivedOn, hour: dossiers.fields.receivedHour }}
            hint={dossiers.nowHint}
          />
        </div>
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}
