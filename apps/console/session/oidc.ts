import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { OidcClientRow } from '#client';
import { enterBy } from './enter.ts';
import { renewalFault } from './renewal-fault.ts';
import { currentStanding, holdToken, leave, renewBy } from './session.ts';

const WAS_IN = 'so-chung-thuc.was-in';
let manager: UserManager | undefined;

/**
 * The provider's client: authorization code with PKCE. Tokens are in memory; what has to outlive the
 * way to the provider and back, the state and the verifier of one login, is in this tab's storage.
 */
function managerOf({ issuer, clientId, scope, resource }: OidcClientRow): UserManager {
  if (manager) return manager;
  const settings = {
    authority: issuer,
    client_id: clientId,
    scope,
    redirect_uri: `${location.origin}/dang-nhap/xong`,
    post_logout_redirect_uri: `${location.origin}/dang-nhap`,
    ...(resource !== null && { resource }),
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    // By `renew` alone: a refresh token may be good for one use.
    automaticSilentRenew: false,
  };
  manager = new UserManager(settings);
  const own = manager;
  manager.events.addUserLoaded(({ access_token: token }) => holdToken(token));
  manager.events.addAccessTokenExpiring(() => void renew(own));
  manager.events.addAccessTokenExpired(async () => {
    if (!(await renew(own))) leave('ended');
  });
  renewBy(() => renew(own));
  return manager;
}

let renewing: Promise<boolean> | undefined;

/** How soon it is tried again where no answer came, in milliseconds. */
const AGAIN_MS = 5000;
/** How many answers that nothing can be made of are taken for a passing fault: a minute of them. */
const MOST_ODD = 12;

/** Whether the provider gave another token; an answer that is lost, or a computer that slept, ends nothing. */
async function renewed(own: UserManager): Promise<boolean> {
  for (let odd = 0; odd < MOST_ODD;) {
    const user = await own.getUser();
    if (user?.refresh_token === undefined) return false;
    try {
      return (await own.signinSilent()) !== null;
    } catch (error) {
      const fault = renewalFault(error);
      if (fault === 'refused' || currentStanding().kind === 'out') return false;
      if (fault === 'odd') odd += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  return false;
}

/** One renewal at a time, for all who wait for it. */
function renew(own: UserManager): Promise<boolean> {
  renewing ??= renewed(own).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

/** Goes to the provider; `to` is where to be when back. */
export const goToProvider = (client: OidcClientRow, to: string): Promise<void> =>
  managerOf(client).signinRedirect({ state: to, nonce: crypto.randomUUID() });

/** Back from the provider. @returns where the person wanted to be */
export async function backFromProvider(client: OidcClientRow): Promise<string> {
  const user = await managerOf(client).signinRedirectCallback();
  await enterBy(user.access_token);
  sessionStorage.setItem(WAS_IN, 'yes');
  return typeof user.state === 'string' ? user.state : '/';
}

/** Whether somebody was in when the page was loaded again: the provider knows them still. */
export const wasIn = (): boolean => sessionStorage.getItem(WAS_IN) !== null;

/** Ends the session here and at the provider. */
export async function leaveProvider(client: OidcClientRow): Promise<void> {
  sessionStorage.removeItem(WAS_IN);
  const leaving = managerOf(client);
  const user = await leaving.getUser();
  leave('none');
  await leaving.signoutRedirect({
    ...(user?.id_token !== undefined && { id_token_hint: user.id_token }),
  });
}
