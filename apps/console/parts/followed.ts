import { useState } from 'react';

/** A field begins with a value that may become another while the form is open: untouched, it follows. */
export function useFollowed(value: string, typed: string, set: (value: string) => void): void {
  const [before, setBefore] = useState(value);
  if (before === value) return;
  setBefore(value);
  if (typed === before) set(value);
}
