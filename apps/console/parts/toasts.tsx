import { Toast } from '@base-ui/react/toast';

/** Says that something was done, and goes by itself. */
export const toasts = Toast.createToastManager();

export const say = (text: string): void => {
  toasts.add({ title: text });
};

function List() {
  const { toasts: open } = Toast.useToastManager();
  return open.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <Toast.Content>
        <Toast.Title render={<p />} />
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
