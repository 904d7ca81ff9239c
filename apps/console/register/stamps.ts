import { useQuery } from '@tanstack/react-query';
import { asked, portal } from '../api/portal.ts';
import { signerKey } from './assign-draft.ts';

const MOST = 100;

/** What is chosen from: signatures and seals in use, the default first. */
export function useStamps(agency: string) {
  return useQuery({
    queryKey: [agency, 'stamps'],
    queryFn: async ({ signal }) => {
      const query = { state: 'in-use' as const, limit: MOST };
      const [signatures, seals] = await Promise.all([
        portal.listSignatures({ agency }, query, asked(signal)),
        portal.listSeals({ agency }, query, asked(signal)),
      ]);
      return {
        signatures: signatures.data.items.map((one) => ({
          key: signerKey(one.account, one.id),
          label: `${one.signerFullName}, ${[one.authority, one.signerTitle].filter(Boolean).join(' ')} (${one.name})`,
          isDefault: one.isDefault,
          signer: {
            certifierFullName: one.signerFullName,
            certifierTitle: one.signerTitle,
            authority: one.authority,
            account: one.account,
          },
        })),
        seals: seals.data.items.map(({ id, name, isDefault }) => ({
          key: id,
          label: name,
          isDefault,
        })),
      };
    },
  });
}

export type Stamps = NonNullable<ReturnType<typeof useStamps>['data']>;
