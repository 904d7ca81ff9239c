import { Toast } from '@base-ui/react/toast';

/** Says that something was done, and goes by itself. */
export const toasts = Toast.createToastManager();

export const say = (text: string): void => {
  toasts.add({ title: text });
};

interface Undo {
  /** Of the button. */
  readonly label: string;
  readonly run: () => void;
}

/** Long enough to read it and change one's mind, in milliseconds. */
const UNDO_MS = 10_000;

/** Says that something was done which can be taken back. */
export function sayUndoable(text: string, { label, run }: Undo): void {
  const id = toasts.add({
    title: text,
    timeout: UNDO_MS,
    actionProps: {
      children: label,
      onClick: () => {
        toasts.close(id);
        run();
      },
    },
  });
}

function List() {
  const { toasts: open } = Toast.useToastManager();
  return open.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Toast.Content>
        <Toast.Title render={<p />} />
        {toast.actionProps && <Toast.Action className="button" />}
      </Toast.Content>
    </Toast.Root>
  ));
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
