import { queryOptions } from '@tanstack/react-query';
import { portal } from '../api/portal.ts';

/** How people log in here; the same for as long as the service runs. */
export const signInFacts = queryOptions({
  queryKey: ['sign-in'],
  queryFn: async () => (await portal.getSignIn()).data,
  staleTime: Infinity,
});
