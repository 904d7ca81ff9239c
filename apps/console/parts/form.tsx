import { useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useWords } from '../words/words.tsx';
import { Button } from './button.tsx';
import { Sending } from './loading.tsx';
import type { Faults } from '../api/command.ts';

interface FormProps {
  readonly onSend: () => void;
  readonly faults: Faults;
  readonly busy: boolean;
  /** Of the button that sends; `Cập nhật` by default. */
  readonly act?: string;
  readonly isDanger?: boolean;
  readonly onCancel?: () => void;
  readonly children: ReactNode;
}

/** A field that is locked loses the focus; it has it again when it is not any more. */
function useFocusAgain(form: RefObject<HTMLElement | null>, busy: boolean): void {
  const had = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const now = document.activeElement;
    if (busy) had.current = form.current?.contains(now) ? now : null;
    else if (now === document.body && had.current instanceof HTMLElement) had.current.focus();
  }, [form, busy]);
}

/**
 * A form: Enter sends it, and the first field at fault has the focus. Nothing in it is changed while
 * it is being sent: that would be lost, or taken for what was sent.
 */
export function Form({ onSend, faults, busy, act, isDanger, onCancel, children }: FormProps) {
  const words = useWords();
  const form = useRef<HTMLFormElement>(null);
  useFocusAgain(form, busy);
  useEffect(() => {
    if (Object.keys(faults).length === 0) return;
    form.current?.querySelector<HTMLElement>('.field[data-invalid] .control')?.focus();
    // The faults are made anew on every drawing; their content tells whether they are others.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [JSON.stringify(faults)]);
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSend();
      }}
    >
      <fieldset className="held" disabled={busy}>
        {children}
      </fieldset>
      {busy && <Sending />}
      <div className="row end">
        {onCancel && <Button onClick={onCancel}>{words.cancel}</Button>}
        <Button
          type="submit"
          kind={isDanger === true ? 'danger main-act' : 'main-act'}
          disabled={busy}
        >
          {act ?? words.update}
        </Button>
      </div>
    </form>
  );
}
