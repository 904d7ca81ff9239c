import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import type { OidcClientRow, SignInFacts } from '#client';
import mark from '../look/mark.svg';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { useWords } from '../words/words.tsx';
import { PersonPicker } from './person-picker.tsx';
import { useStanding } from './session.ts';
import { signInFacts } from './sign-in-facts.ts';

/** What is seen before anybody is logged in. */
export function Entrance({ children }: { readonly children: ReactNode }) {
  const words = useWords();
  return (
    <main className="entrance">
      <div className="sheet">
        <div className="brand">
          <img src={mark} alt="" />
          <span>
            <strong>{words.product}</strong>
            <small className="soft">{words.tagline}</small>
          </span>
        </div>
        {children}
      </div>
    </main>
  );
}

/** Where to be once logged in: a path of the console, never another site's address. */
export const safePath = (to: unknown): string =>
  typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/';

export function SignInPage() {
  const words = useWords();
  const standing = useStanding();
  const { to } = useSearch({ from: '/dang-nhap' });
  const { data, error, refetch } = useQuery(signInFacts);
  if (standing.kind === 'in') return <Navigate to={safePath(to)} />;
  return (
    <Entrance>
      <h1>{words.signIn.title}</h1>
      {standing.reason === 'ended' && <p className="notice warn">{words.signIn.ended}</p>}
      <Failure error={error} onRetry={() => void refetch()} />
      {data ? <Way facts={data} to={safePath(to)} /> : !error && <Loading />}
    </Entrance>
  );
}

function Way({ facts, to }: { readonly facts: SignInFacts; readonly to: string }) {
  const words = useWords();
  const { kind, oidc, people } = facts;
  if (kind === 'development') return <PersonPicker people={people} />;
  if (oidc === null) return <p className="notice warn">{words.signIn.unset}</p>;
  return <ProviderButton client={oidc} to={to} />;
}

function ProviderButton({ client, to }: { readonly client: OidcClientRow; readonly to: string }) {
  const words = useWords();
  const standing = useStanding();
  const [error, setError] = useState<unknown>();
  const isNew = standing.kind === 'out' && standing.reason === 'none';
  const go = async (): Promise<void> => {
    const { goToProvider } = await import('./oidc.ts');
    await goToProvider(client, to).catch(setError);
  };
  useEffect(() => {
    // Who was in a moment ago is known to the provider, and comes back unasked.
    if (isNew) void import('./oidc.ts').then(({ wasIn }) => wasIn() && void go());
    // Once, on arriving.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <>
      {error !== undefined && <p className="notice bad">{words.signIn.failed}</p>}
      <Button kind="main-act" onClick={() => void go()}>
        {words.signIn.go}
      </Button>
    </>
  );
}

/** Back from the provider, with its answer in the address. */
export function BackPage() {
  const words = useWords();
  const navigate = useNavigate();
  const { data } = useQuery(signInFacts);
  const [hasFailed, setFailed] = useState(false);
  const client = data?.oidc;
  useEffect(() => {
    if (!client) return;
    import('./oidc.ts')
      .then(({ backFromProvider }) => backFromProvider(client))
      .then((to) => navigate({ to: safePath(to), replace: true }))
      .catch(() => setFailed(true));
  }, [client, navigate]);
  return (
    <Entrance>
      <h1>{words.signIn.title}</h1>
      {hasFailed ? (
        <>
          <p className="notice bad">{words.signIn.failed}</p>
          <Button kind="main-act" onClick={() => void navigate({ to: '/dang-nhap' })}>
            {words.retry}
          </Button>
        </>
      ) : (
        <p role="status">{words.signIn.back}</p>
      )}
    </Entrance>
  );
}
