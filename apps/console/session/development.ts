import type { DevelopmentPersonRow, DevelopmentTokenDto } from '#client';
import { portal } from '../api/portal.ts';
import { enterBy } from './enter.ts';
import { currentStanding, holdToken, leave } from './session.ts';

/** Who was chosen, for the page loaded again in this tab: no token, the issuer makes another. */
const KEPT = 'so-chung-thuc.development-person';

export const personOf = (person: DevelopmentPersonRow, agency: string): DevelopmentTokenDto => {
  const { account, name, role, agencies } = person;
  return { account, name, role, agency: agencies.includes('*') ? '*' : agency };
};

let renewing: ReturnType<typeof setTimeout> | undefined;

/** Asks for the next token before this one has run out, for as long as somebody is in. */
function renew(person: DevelopmentTokenDto, seconds: number): void {
  clearTimeout(renewing);
  const ask = async (): Promise<void> => {
    if (currentStanding().kind === 'out') return;
    try {
      const { data } = await portal.issueDevelopmentToken(person);
      holdToken(data.token);
      renew(person, data.expiresIn);
    } catch {
      // The token in hand goes on; a refusal of it says so.
      renew(person, 60);
    }
  };
  renewing = setTimeout(() => void ask(), seconds * 800);
}

export async function enterAs(person: DevelopmentTokenDto, agency?: string): Promise<void> {
  const { data } = await portal.issueDevelopmentToken(person);
  await enterBy(data.token, agency);
  sessionStorage.setItem(KEPT, JSON.stringify(person));
  renew(person, data.expiresIn);
}

/** Who was in when the page was loaded again; undefined for nobody. */
export function rememberedPerson(): DevelopmentTokenDto | undefined {
  const text = sessionStorage.getItem(KEPT);
  return text === null ? undefined : (JSON.parse(text) as DevelopmentTokenDto);
}

export function leaveDevelopment(): void {
  clearTimeout(renewing);
  sessionStorage.removeItem(KEPT);
  leave('none');
}
