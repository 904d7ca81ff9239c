import { useState } from 'react';

interface Draft<T> {
  readonly values: T;
  readonly set: (name: keyof T) => (value: string) => void;
  readonly replace: (values: T) => void;
  /** Something is no longer as it was. */
  readonly isDirty: boolean;
}

/** What is being typed into a form, all of it as text. */
export function useDraft<T extends Readonly<Record<string, string>>>(initial: T): Draft<T> {
  const [values, replace] = useState(initial);
  const isDirty = Object.entries(values).some(([name, value]) => initial[name] !== value);
  const set = (name: keyof T) => (value: string) =>
    replace((before) => ({ ...before, [name]: value }));
  return { values, set, replace, isDirty };
}
