import { useQuery } from '@tanstack/react-query';
import { portal } from '../api/portal.ts';
import { useSession } from '../session/session.ts';

/** The agency on the screen, by its name where it is registered and by its code in any case. */
export function AgencyName() {
  const { agency } = useSession();
  const { data } = useQuery({
    queryKey: [agency, 'agency'],
    queryFn: async ({ signal }) => {
      // Asked for as a list: nobody has to be registered where agencies are open.
      const { data: page } = await portal.listAgencies({ search: agency, limit: 100 }, { signal });
      return page.items.find(({ code }) => code === agency)?.name ?? null;
    },
    enabled: agency !== '',
    staleTime: 60_000,
  });
  return <small>{data ? `${data} (${agency})` : agency}</small>;
}
