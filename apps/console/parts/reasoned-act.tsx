import type { ReactNode } from 'react';
import { lengths, type Answer, type CommandOptions } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { useWords } from '../words/words.tsx';
import { useDraft } from './draft.ts';
import { Failure } from './failure.tsx';
import { LongField } from './field.tsx';
import { Form } from './form.tsx';
import { Window } from './window.tsx';

interface Reasoned {
  readonly reason: string;
}

interface ActProps<Data> {
  readonly title: string;
  /** What will happen, in words. */
  readonly what: string;
  /** Of the button that does it. */
  readonly act: string;
  readonly onClose: () => void;
  readonly run: (body: Reasoned, options: CommandOptions) => Promise<Answer<Data>>;
  /** Says so; the window closes by itself. */
  readonly onDone: () => void;
  /** Nobody has to say why. */
  readonly isOptional?: boolean;
  readonly maxLength?: number;
  /** What it is done to. */
  readonly children?: ReactNode;
}

const empty = { reason: '' };

/** Something that cannot be undone: says what will happen, and asks why. */
export function ReasonedAct<Data>(props: ActProps<Data>) {
  const { title, what, act, onClose, run, onDone, children, isOptional = false } = props;
  const { maxLength = lengths.ReasonDto.reason } = props;
  const words = useWords();
  const draft = useDraft(empty);
  const command = useCommand({ run, onDone, close: onClose, fields: ['reason'] });
  const isMissing = !isOptional && draft.values.reason.trim() === '';
  const missing: Faults = isMissing ? { reason: words.required(words.reason) } : {};
  const { faults, passes } = useChecked(missing, command.faults);
  const send = (): void => {
    if (passes()) command.send({ reason: draft.values.reason.trim() });
  };
  return (
    <Window title={title} onClose={onClose} isDirty={draft.isDirty}>
      <p className="notice warn">{what}</p>
      {children}
      <Form onSend={send} faults={faults} busy={command.busy} act={act} isDanger onCancel={onClose}>
        <LongField
          name="reason"
          label={words.reason}
          must={!isOptional}
          value={draft.values.reason}
          onValue={draft.set('reason')}
          fault={faults['reason']}
          maxLength={maxLength}
        />
        <Failure error={command.conflict ?? command.failure} />
      </Form>
    </Window>
  );
}
