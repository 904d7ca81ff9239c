import type { MyAccount } from '#client';
import { portal } from '../api/portal.ts';
import { enter, holdToken } from './session.ts';

const EVERY_AGENCY = '*';
const KEPT = 'so-chung-thuc.agency';

export const isOfEveryAgency = ({ agencies }: MyAccount): boolean =>
  agencies.includes(EVERY_AGENCY);

/** Whose registers to begin with: the last one looked at in this tab, or the first there is. */
async function firstAgency(me: MyAccount, wanted: string | null): Promise<string> {
  const own = me.agencies.filter((code) => code !== EVERY_AGENCY);
  if (wanted !== null && (isOfEveryAgency(me) || own.includes(wanted))) return wanted;
  if (own[0] !== undefined) return own[0];
  const { data } = await portal.listAgencies({ limit: 1 });
  return data.items[0]?.code ?? '';
}

/** Remembers for this tab whose registers are on the screen; a code, nothing personal. */
export const keepAgency = (agency: string): void => sessionStorage.setItem(KEPT, agency);

/** Logs in by a token. @throws PortalProblem where the service does not take it */
export async function enterBy(token: string, wanted = sessionStorage.getItem(KEPT)): Promise<void> {
  holdToken(token);
  const { data: me } = await portal.getMe();
  const agency = await firstAgency(me, wanted);
  keepAgency(agency);
  enter({ me, agency });
}
