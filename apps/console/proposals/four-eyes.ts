import { useQuery } from '@tanstack/react-query';
import { ownAgency } from '../session/own-agency.ts';
import { useSession } from '../session/session.ts';

/** Whether closing and correcting take two accounts here; the service decides all the same. */
export function useFourEyes(): boolean {
  const { agency } = useSession();
  const { data } = useQuery(ownAgency(agency));
  return data?.fourEyes === true;
}
