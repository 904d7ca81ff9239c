import { useSyncExternalStore } from 'react';
import type { MyAccount } from '#client';

/** Who is logged in. The token is in memory alone: a page that is loaded again asks for another. */
export interface Session {
  readonly me: MyAccount;
  /** Whose registers are on the screen. */
  readonly agency: string;
}

export type Standing =
  | { readonly kind: 'out'; readonly reason: 'none' | 'ended' }
  | { readonly kind: 'in'; readonly session: Session };

let token = '';
let standing: Standing = { kind: 'out', reason: 'none' };
const listeners = new Set<() => void>();

const tell = (next: Standing): void => {
  standing = next;
  for (const listener of listeners) listener();
};

export const currentToken = (): string => token;
export const currentStanding = (): Standing => standing;

/** Takes a fresh token for whoever is logged in, or is about to be. */
export const holdToken = (fresh: string): void => {
  token = fresh;
};

let renewal = (): Promise<boolean> => Promise.resolve(false);

/** How whoever is in gets another token; it answers whether they got one. */
export const renewBy = (way: () => Promise<boolean>): void => {
  renewal = way;
};

/** Gets another token than the one that was refused, where there is a way to. */
export const renewToken = async (refused: string): Promise<boolean> =>
  (token !== '' && token !== refused) || (await renewal());

export const enter = (session: Session): void => tell({ kind: 'in', session });

export function leave(reason: 'none' | 'ended'): void {
  token = '';
  tell({ kind: 'out', reason });
}

/** Takes what the service says of whoever is in by now. */
export function renewMe(me: MyAccount): void {
  if (standing.kind !== 'in') return;
  const { session } = standing;
  if (session.me.account !== me.account || JSON.stringify(session.me) === JSON.stringify(me))
    return;
  enter({ ...session, me });
}

/** Turns to another agency the person may see. */
export function turnTo(agency: string): void {
  if (standing.kind === 'in') enter({ ...standing.session, agency });
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useStanding = (): Standing => useSyncExternalStore(subscribe, currentStanding);

/** @throws Error outside of the pages that need somebody logged in */
export function useSession(): Session {
  const now = useStanding();
  if (now.kind !== 'in') throw new Error('nobody is logged in');
  return now.session;
}

export const hasRole = (
  { me }: Session,
  ...roles: readonly MyAccount['roles'][number][]
): boolean => me.roles.some((role) => roles.includes(role));
