import { useState } from 'react';
import type { EntryRow } from '#client';
import { Button } from '../parts/button.tsx';
import { usePrintSlip } from '../parts/print-slip.tsx';
import { say } from '../parts/toasts.tsx';
import { useWords } from '../words/words.tsx';

interface CodeProps {
  readonly entry: Pick<EntryRow, 'citation'>;
  readonly code: string;
}

/** Mã xác minh: what whoever holds the copy asks by, to be copied or printed for them. */
export function VerificationCode({ entry, code }: CodeProps) {
  const words = useWords();
  const { verification } = words.entries;
  const place = `${location.origin}/xac-minh/${code}`;
  const [isKept, setKept] = useState(true);
  const { print, slip } = usePrintSlip(<Slip {...{ entry, code, place }} />);
  const copy = async (): Promise<void> => {
    try {
      // Not there on a page without TLS, and a browser may be told not to.
      await navigator.clipboard.writeText(code);
      say(verification.copied);
    } catch {
      setKept(false);
    }
  };
  return (
    <section className="stack">
      <h3 id="verification-code">{verification.title}</h3>
      <div className="row">
        <code className="code" aria-labelledby="verification-code">
          {code}
        </code>
        <Button onClick={() => void copy()}>{verification.copy}</Button>
        <Button onClick={print}>{verification.print}</Button>
      </div>
      {!isKept && (
        <p className="notice warn" role="alert">
          {verification.notCopied}
        </p>
      )}
      <p className="hint">
        {verification.hint}{' '}
        <a href={place} target="_blank" rel="noreferrer">
          {place}
        </a>
      </p>
      {slip}
    </section>
  );
}

/** What is put beside the copy. */
function Slip({ entry, code, place }: CodeProps & { readonly place: string }) {
  const { verification } = useWords().entries;
  return (
    <>
      <p>{entry.citation}</p>
      <p>
        {verification.title}: <strong className="code">{code}</strong>
      </p>
      <p>
        {verification.hint} {place}
      </p>
    </>
  );
}
