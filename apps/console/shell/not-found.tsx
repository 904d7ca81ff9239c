import { Link } from '@tanstack/react-router';
import { Entrance } from '../session/sign-in-page.tsx';
import { useWords } from '../words/words.tsx';

export function NotFound() {
  const words = useWords();
  return (
    <Entrance>
      <h1>{words.notFound}</h1>
      <Link to="/">{words.toBooks}</Link>
    </Entrance>
  );
}
