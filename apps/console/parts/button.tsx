import type { ReactNode } from 'react';

type Kind =
  'main-act' | 'danger' | 'danger main-act' | 'icon' | 'bare' | 'bare icon' | 'danger icon';

interface ButtonProps {
  readonly kind?: Kind;
  readonly type?: 'button' | 'submit';
  /** What it is called where it shows but a sign. */
  readonly label?: string;
  readonly disabled?: boolean;
  readonly onClick?: () => void;
  readonly children: ReactNode;
}

export function Button({ kind, type = 'button', label, disabled = false, ...rest }: ButtonProps) {
  const { onClick, children } = rest;
  return (
    <button
      type={type}
      className={kind === undefined ? 'button' : `button ${kind}`}
      disabled={disabled}
      {...(label !== undefined && { 'aria-label': label, title: label })}
      {...(onClick && { onClick })}
    >
      {label === undefined ? children : <span aria-hidden="true">{children}</span>}
    </button>
  );
}
