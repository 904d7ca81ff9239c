import { lengths, type AskTasksDto, type CommandOptions, type TaskRow } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField, LongField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useWords } from '../words/words.tsx';

type Kind = TaskRow['kind'];

interface AskProps {
  /** Names of the read models it is asked of. */
  readonly projections: readonly string[];
  readonly onClose: () => void;
}

/** What is asked, and sent where nothing is missing. */
function useAsking({ projections, onClose }: AskProps) {
  const words = useWords();
  const draft = useDraft<{ kind: string; reason: string }>({ kind: 'rebuild', reason: '' });
  const kind = draft.values.kind as Kind;
  const command = useCommand({
    run: (body: AskTasksDto, options: CommandOptions) => portal.askOfProjections(body, options),
    fields: ['reason', 'kind'],
    onDone: () => say(words.operator.asked),
    close: onClose,
  });
  const reason = draft.values.reason.trim();
  const missing: Faults = reason === '' ? { reason: words.required(words.reason) } : {};
  const { faults, passes } = useChecked(missing, command.faults);
  const send = (): void => {
    const names = [...projections] as AskTasksDto['projections'];
    if (passes()) command.send({ kind, projections: names, reason });
  };
  return { draft, kind, command, faults, send };
}

/** Asks whoever runs the read models to do something with them: says what will happen, and asks why. */
export function AskWindow({ projections, onClose }: AskProps) {
  const words = useWords();
  const { kinds, whatKind, task, ask } = words.operator;
  const { draft, kind, command, faults, send } = useAsking({ projections, onClose });
  return (
    <Window title={ask} onClose={onClose} isDirty={draft.values.reason !== ''}>
      <p className="breaks">{projections.join(', ')}</p>
      <Form
        onSend={send}
        faults={faults}
        busy={command.busy}
        act={words.operator.send}
        onCancel={onClose}
      >
        <ChoiceField
          name="kind"
          label={task}
          value={kind}
          onValue={draft.set('kind')}
          options={Object.entries(kinds)}
          hint={whatKind[kind]}
          fault={faults['kind']}
        />
        <LongField
          name="reason"
          label={words.reason}
          must
          value={draft.values.reason}
          onValue={draft.set('reason')}
          fault={faults['reason']}
          maxLength={lengths.AskTasksDto.reason}
        />
        <Failure error={command.conflict ?? command.failure} />
      </Form>
    </Window>
  );
}
