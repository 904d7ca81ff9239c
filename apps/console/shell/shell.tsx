import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import mark from '../look/mark.svg';
import { useStanding } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { AgencyName } from './agency-name.tsx';
import { Rail } from './rail.tsx';
import { UserMenu } from './user-menu.tsx';

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('online', listener);
      addEventListener('offline', listener);
      return () => {
        removeEventListener('online', listener);
        removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

/** What is round every page of somebody who is logged in. */
export function Shell() {
  const words = useWords();
  const standing = useStanding();
  const isOnline = useOnline();
  const router = useRouter();
  useEffect(() => {
    // Its guard is asked again, and leads to where one logs in.
    if (standing.kind === 'out') void router.invalidate();
  }, [standing, router]);
  if (standing.kind === 'out') return null;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <header className="masthead">
        <Link to="/" className="brand">
          <img src={mark} alt="" />
          <span>
            <strong>{words.product}</strong>
            <AgencyName />
          </span>
        </Link>
        <UserMenu />
      </header>
      <Rail />
      <main className="main" id="main" tabIndex={-1}>
        {!isOnline && (
          <p className="notice warn" role="alert">
            {words.offline}
          </p>
        )}
        <Outlet />
      </main>
    </div>
  );
}
