import type { BookPage } from '#client';
import { shownInstant } from '../parts/days.ts';
import { useWords } from '../words/words.tsx';

/** Registers that give no number until an operator has confirmed the last one. */
export function PausedNotice({ paused }: { readonly paused: BookPage['paused'] }) {
  const words = useWords();
  return paused.map(({ type, year, since, reason }) => (
    <div key={`${type}-${year}`} className="notice warn" role="alert">
      <strong>
        {words.books.paused} ({type} {year})
      </strong>
      <p>
        {reason} · {shownInstant(since)}
      </p>
    </div>
  ));
}
