import { useEffect, useState } from 'react';
import { useWords } from '../words/words.tsx';

const SLOW_MS = 3000;

/** Whether what stands in its place has been there for long. */
function useSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSlow;
}

/** Something is on its way; said plainly where it takes long. */
export function Loading() {
  const words = useWords();
  const isSlow = useSlow();
  return (
    <p className="empty" role="status">
      {isSlow ? words.slow : words.loading}
    </p>
  );
}

/** Something was sent: nothing is said of it unless it takes long. */
export function Sending() {
  const words = useWords();
  const isSlow = useSlow();
  return (
    <p className="hint" role="status">
      {isSlow && words.slow}
    </p>
  );
}
