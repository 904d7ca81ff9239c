import { Link } from '@tanstack/react-router';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { sectionsFor } from './sections.ts';

/** The pages the person's roles have. */
export function Rail() {
  const words = useWords();
  const session = useSession();
  return (
    <nav className="rail no-print" aria-label={words.shell.menu}>
      {sectionsFor(session, words).map(({ title, pages }) => (
        <div key={title}>
          <h2>{title}</h2>
          <ul>
            {pages.map(({ to, label }) => (
              <li key={to}>
                <Link to={to}>{label}</Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
