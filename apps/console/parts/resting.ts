import { useEffect, useState } from 'react';

/** What is passed over meanwhile is not asked for, in milliseconds. */
const REST_MS = 250;

interface Resting<T> {
  /** What is on the screen. */
  readonly now: T;
  readonly move: (to: T) => void;
}

/**
 * A value that stands elsewhere, in an address, and is changed fast: typed, or dragged. It is told once
 * it rests; changed from elsewhere (the browser's own back) it is what stands there.
 */
export function useResting<T>(value: T, onRest: (value: T) => void): Resting<T> {
  const [own, setOwn] = useState({ now: value, told: value, seen: value });
  if (own.seen !== value) {
    const isOwn = own.told === value;
    setOwn(isOwn ? { ...own, seen: value } : { now: value, told: value, seen: value });
  }
  const { now, told } = own;
  useEffect(() => {
    if (now === told) return undefined;
    const timer = setTimeout(() => {
      setOwn((before) => ({ ...before, told: now }));
      onRest(now);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [now, told, onRest]);
  return { now, move: (to) => setOwn((before) => ({ ...before, now: to })) };
}
