import { useQuery } from '@tanstack/react-query';
import { PortalProblem } from '#client';
import { portal } from '../api/portal.ts';
import { useSession } from '../session/session.ts';

/** The agency on the screen, by its name where it is registered and by its code in any case. */
export function AgencyName() {
  const { agency } = useSession();
  const { data } = useQuery({
    queryKey: [agency, 'agency'],
    queryFn: async ({ signal }) => {
      try {
        return (await portal.getAgency({ agency }, { signal })).data.name;
      } catch (error) {
        // Nobody has to be registered where agencies are open.
        if (error instanceof PortalProblem && error.status === 404) return null;
        throw error;
      }
    },
    enabled: agency !== '',
    staleTime: 60_000,
  });
  return <small>{data ? `${data} (${agency})` : agency}</small>;
}
