import { queries } from '../api/portal.ts';
import { leaveDevelopment } from './development.ts';
import { signInFacts } from './sign-in-facts.ts';

/** Logs out, wherever it was logged in; nothing that was read stays in the page. */
export async function logOut(): Promise<void> {
  const { oidc } = await queries.query({ ...signInFacts, staleTime: 'static' });
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'sign-in' });
  if (oidc === null) leaveDevelopment();
  else await (await import('./oidc.ts')).leaveProvider(oidc);
}
