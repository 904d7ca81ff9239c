import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { asked, portal } from '../api/portal.ts';
import { shownDay, typedDay } from '../parts/days.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { Common } from './assign-draft.ts';
import { authorityOf } from './authorities.ts';
import type { Stamps } from './stamps.ts';

interface NoticeProps {
  /** Of the register. */
  readonly type: string;
  readonly common: Common;
  readonly signatures: Stamps['signatures'];
}

/** Who would sign: the signer the chosen picture shows, or who is typed. */
function signerOf({ common, signatures }: Omit<NoticeProps, 'type'>) {
  const chosen = signatures.find(({ key }) => key === common.signer);
  if (chosen) return chosen.signer;
  return {
    certifierFullName: common.certifierFullName.trim(),
    certifierTitle: common.certifierTitle.trim(),
    authority: authorityOf(common.authority),
  };
}

type Query = Parameters<typeof portal.needMandate>[1];

/** Before the number is asked for: whether who signs needs a mandate, and which it would stand on. */
export function MandateNotice({ type, ...who }: NoticeProps) {
  const { mandates } = useWords();
  const { agency } = useSession();
  const signer = useDeferredValue(signerOf(who));
  const certifiedOn = typedDay(who.common.certifiedOn);
  const { authority, ...named } = signer;
  const isNamed = named.certifierFullName !== '' && named.certifierTitle !== '';
  const { data } = useQuery({
    queryKey: [agency, 'mandate-need', type, certifiedOn, signer],
    queryFn: async ({ signal }) => {
      const day = { type: type as Query['type'], certifiedOn: certifiedOn ?? '' };
      const query = { ...day, ...named, ...(authority !== null && { authority }) };
      return (await portal.needMandate({ agency }, query, asked(signal))).data;
    },
    enabled: authority !== null && isNamed && certifiedOn !== undefined,
  });
  if (!data?.isNeeded || authority === null) return null;
  if (data.missing !== null) {
    return (
      <p className="notice warn" role="status">
        {data.missing}
      </p>
    );
  }
  const { mandate } = data;
  return mandate ? (
    <p className="hint" role="status">
      {mandates.standsOn(mandate.mandateNumber, shownDay(mandate.issuedOn))}
    </p>
  ) : null;
}
