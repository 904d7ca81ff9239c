import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';

export interface IdentityProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

const AUDIENCE = 'so-chung-thuc';
/** Renewed a minute before its end: at once, nearly. */
const TOKEN_SECONDS = 63;

const claims = { name: 'Trần Thị Bình', roles: ['receiving-officer'], agency: ['BK-001'] };

/** What it is told of the console: a public client that comes back to these two addresses alone. */
const settings = (consoleUrl: string): Configuration => ({
  clients: [
    {
      client_id: 'so-chung-thuc-console',
      token_endpoint_auth_method: 'none',
      redirect_uris: [`${consoleUrl}/dang-nhap/xong`],
      post_logout_redirect_uris: [`${consoleUrl}/dang-nhap`],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  clientBasedCORS: (_context, origin) => origin === consoleUrl,
  findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  extraTokenClaims: () => claims,
  issueRefreshToken: () => true,
  scopes: ['openid', 'profile'],
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'openid profile',
        audience: AUDIENCE,
        accessTokenFormat: 'jwt',
        accessTokenTTL: TOKEN_SECONDS,
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
});

/** A real OpenID provider, which logs in whoever says a name, with the house's claims in its tokens. */
export async function startProvider(consoleUrl: () => string): Promise<IdentityProvider> {
  let provider: Provider | undefined;
  const server: Server = createServer((request, response) => {
    provider ??= new Provider(issuer, settings(consoleUrl()));
    void provider.callback()(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
