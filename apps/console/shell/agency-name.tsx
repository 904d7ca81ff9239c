import { useQuery } from '@tanstack/react-query';
import { ownAgency } from '../session/own-agency.ts';
import { useSession } from '../session/session.ts';

/** The agency on the screen, by its name where it is registered and by its code in any case. */
export function AgencyName() {
  const { agency } = useSession();
  const { data } = useQuery(ownAgency(agency));
  return <small>{data ? `${data.name} (${agency})` : agency}</small>;
}
