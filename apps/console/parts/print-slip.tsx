import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** A slip of paper: what is given to it is printed, alone, and is not on the screen. */
export function usePrintSlip(slip: ReactNode): {
  readonly print: () => void;
  /** To be drawn wherever; it stands beside the page. */
  readonly slip: ReactNode;
} {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    if (!isPrinting) return undefined;
    const done = (): void => setPrinting(false);
    addEventListener('afterprint', done);
    print();
    return () => removeEventListener('afterprint', done);
  }, [isPrinting]);
  return {
    print: () => setPrinting(true),
    slip: isPrinting && createPortal(<section className="slip">{slip}</section>, document.body),
  };
}
