import { Dialog } from '@base-ui/react/dialog';
import { useState, type ReactNode } from 'react';
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

/** A window before the page: keeps the focus, closes by Esc, and never loses what was typed unasked. */
export function Window({ title, onClose, isDirty = false, isWide = false, children }: WindowProps) {
  const words = useWords();
  const [isAsking, setAsking] = useState(false);
  const close = (): void => {
    if (isDirty) setAsking(true);
    else onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => open || close()} disablePointerDismissal={isDirty}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className={isWide ? 'window wide' : 'window'}>
          <div className="window-head">
            <Dialog.Title render={<h2 />}>{title}</Dialog.Title>
            <Button kind="bare icon" label={words.close} onClick={close}>
              <Icon name="close" />
            </Button>
          </div>
          <div className="window-body">
            {isAsking && (
              <div className="notice warn" role="alert">
                <p>{words.unsaved}</p>
                <div className="row">
                  <Button kind="danger" onClick={onClose}>
                    {words.leave}
                  </Button>
                  <Button onClick={() => setAsking(false)}>{words.stay}</Button>
                </div>
              </div>
            )}
            {children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
