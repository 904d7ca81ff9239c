import { queryOptions } from '@tanstack/react-query';
import { portal } from '../api/portal.ts';

/**
 * The agency on the screen as the directory has it; null where it is not registered. Asked for as a
 * list: nobody has to be registered where agencies are open.
 */
export const ownAgency = (agency: string) =>
  queryOptions({
    queryKey: [agency, 'agency'],
    queryFn: async ({ signal }) => {
      const { data } = await portal.listAgencies({ search: agency, limit: 100 }, { signal });
      return data.items.find(({ code }) => code === agency) ?? null;
    },
    enabled: agency !== '',
    staleTime: 60_000,
  });
