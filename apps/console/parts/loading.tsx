import { useEffect, useState } from 'react';
import { useWords } from '../words/words.tsx';

const SLOW_MS = 3000;

/** Something is on its way; said plainly where it takes long. */
export function Loading() {
  const words = useWords();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="empty" role="status">
      {isSlow ? words.slow : words.loading}
    </p>
  );
}
