import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createPortalClient, PortalProblem, type QueryOptions } from '#client';
import { currentToken, leave, renewToken } from '../session/session.ts';

/** Waits no longer than the call may take. @throws the reason of its signal */
const endOf = ({ signal }: Request): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** A token that is taken no more is renewed, once, where it can be: nothing was done under the old one. */
async function fetchSigned(request: Request): Promise<Response> {
  const answer = await fetch(request.clone());
  if (answer.status !== 401) return answer;
  const refused = request.headers.get('Authorization')?.replace('Bearer ', '') ?? '';
  if (!(await Promise.race([renewToken(refused), endOf(request)]))) return answer;
  const again = new Request(request);
  again.headers.set('Authorization', `Bearer ${currentToken()}`);
  return fetch(again);
}

/** The service as its document describes it. */
export const portal = createPortalClient({
  baseUrl: location.origin,
  token: currentToken,
  fetch: fetchSigned,
  retry: { attempts: 3 },
});

let written: string | null = null;

/** Remembers where the last command stands: every list asked for from now on waits until it shows it. */
export const wrote = (position: string | null): void => {
  written = position ?? written;
};

export const asked = (signal?: AbortSignal): QueryOptions => ({
  readAfter: written,
  ...(signal && { signal }),
});

/** What a failed call means beyond the screen that made it. */
function heed(error: unknown): void {
  if (!(error instanceof PortalProblem)) return;
  if (error.status === 401) leave('ended');
  // The log was put back to before it: there is nothing to wait for.
  if (error.code === 'CHANGE_LOST') written = null;
  // How many accounts it takes has changed since the page asked.
  if (error.code === 'PROPOSAL_NEEDED' || error.code === 'PROPOSALS_OFF')
    void queries.invalidateQueries();
}

/** What the client has tried often enough is not tried again here; what is new is fetched on looking. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: heed }),
  mutationCache: new MutationCache({ onError: heed }),
  defaultOptions: {
    queries: { retry: false, staleTime: 5000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});
