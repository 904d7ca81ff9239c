import { Dialog } from '@base-ui/react/dialog';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useWords } from '../words/words.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface WindowProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Something was typed that closing would lose: it is asked first. */
  readonly isDirty?: boolean;
  /** For tables: as wide as the page allows. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** Where typing begins; a window without fields is read first, from its own head. */
const firstField = (popup: HTMLElement | null): HTMLElement | true =>
  popup?.querySelector<HTMLElement>('.window-body .control:enabled') ?? true;

/** What may have the focus beside a window: the library's own guards round it, and what was just said. */
const BESIDE = '[data-base-ui-focus-guard], .toasts, .toasts *';

/**
 * Keeps the focus in the window. One that made room for this one gives the focus back to where it
 * had it from, which is behind both.
 */
function useFocusKept(popup: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const keep = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element) || popup.current?.contains(target) !== false) return;
      if (target.matches(BESIDE)) return;
      const first = firstField(popup.current);
      (first === true ? popup.current : first).focus();
    };
    document.addEventListener('focusin', keep);
    return () => document.removeEventListener('focusin', keep);
  }, [popup]);
}

/** Ways the browser leaves by; the console's own ways to the same page are its windows'. */
const BY_BROWSER: readonly string[] = ['BACK', 'FORWARD', 'GO'];

/** Asks before what was typed is lost: by closing, by the browser's back, by a link, by closing the page. */
function useLeaving(isDirty: boolean, onClose: () => void) {
  const [isAsking, setAsking] = useState(false);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next, action }) =>
      isDirty && (BY_BROWSER.includes(action) || current.pathname !== next.pathname),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  const isBlocked = blocker.status === 'blocked';
  return {
    isAsking: isAsking || isBlocked,
    close: () => (isDirty ? setAsking(true) : onClose()),
    leave: isBlocked ? blocker.proceed : onClose,
    stay: () => {
      setAsking(false);
      if (isBlocked) blocker.reset();
    },
  };
}

/** A window before the page: keeps the focus, closes by Esc, and never loses what was typed unasked. */
export function Window({ title, onClose, isDirty = false, isWide = false, children }: WindowProps) {
  const words = useWords();
  const popup = useRef<HTMLDivElement>(null);
  useFocusKept(popup);
  const { isAsking, close, leave, stay } = useLeaving(isDirty, onClose);
  return (
    <Dialog.Root open onOpenChange={(open) => open || close()} disablePointerDismissal={isDirty}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup
          ref={popup}
          className={isWide ? 'window wide' : 'window'}
          initialFocus={() => firstField(popup.current)}
        >
          <div className="window-head">
            <Dialog.Title render={<h2 />}>{title}</Dialog.Title>
            <Button kind="bare icon" label={words.close} onClick={close}>
              <Icon name="close" />
            </Button>
          </div>
          <div className="window-body">
            {isAsking && <Unsaved {...{ leave, stay }} />}
            {children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface UnsavedProps {
  readonly leave: () => void;
  readonly stay: () => void;
}

function Unsaved({ leave, stay }: UnsavedProps) {
  const words = useWords();
  return (
    <div className="notice warn" role="alert">
      <p>{words.unsaved}</p>
      <div className="row">
        <Button kind="danger" onClick={leave}>
          {words.leave}
        </Button>
        <Button onClick={stay}>{words.stay}</Button>
      </div>
    </div>
  );
}
