import { useQueries } from '@tanstack/react-query';
import { portal } from '../api/portal.ts';
import { typedDay, typedWhole } from '../parts/days.ts';
import type { Line } from './assign-draft.ts';

type Type = Parameters<typeof portal.proposeFee>[0]['type'];
/** As many copies or pages as the service computes a fee for. */
function few(text: string): number | undefined {
  const typed = typedWhole(text) ?? 0;
  return typed >= 1 && typed < 100_000 ? typed : undefined;
}

/** The tariff's fee for each document, by its number in the dossier; none where the service knows none. */
export function useProposedFees(type: string, day: string, lines: readonly Line[]) {
  const certifiedOn = typedDay(day);
  const results = useQueries({
    queries: lines.map((line) => {
      const [copies, pages] = [few(line.copies), few(line.pages)];
      return {
        queryKey: ['fee', type, certifiedOn, copies, pages],
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const query = { type: type as Type, copies: copies ?? 1, certifiedOn: certifiedOn ?? '' };
          const asked = { ...query, ...(pages !== undefined && { pages }) };
          return (await portal.proposeFee(asked, { signal })).data.proposedFee;
        },
        enabled: copies !== undefined && certifiedOn !== undefined,
        staleTime: Infinity,
      };
    }),
  });
  return new Map(lines.map(({ document }, at) => [document, results[at]?.data ?? null]));
}
