/** Settings that are convenient while trying out and dangerous later. */
interface Risky {
  readonly CLOCK_NOW?: string | undefined;
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_JWKS_URL?: string | undefined;
  readonly EVENTSTORE_URL?: string | undefined;
  readonly MONGODB_URL?: string | undefined;
  readonly WEBHOOK_HTTP?: boolean | undefined;
}

const isHttps = (url: string | undefined): boolean => url === undefined || /^https:/i.test(url);

/** The first thing production does not start with, to be read before “when NODE_ENV is production”. */
export function unfitForProduction(config: Risky): string | undefined {
  const { EVENTSTORE_URL: log = '', MONGODB_URL: models } = config;
  const checks: readonly (readonly [boolean, string])[] = [
    [config.CLOCK_NOW === undefined, 'CLOCK_NOW must not be set'],
    [config.OIDC_ISSUER !== undefined, 'OIDC_ISSUER must be set'],
    [isHttps(config.OIDC_ISSUER), 'OIDC_ISSUER must be https'],
    [isHttps(config.OIDC_JWKS_URL), 'OIDC_JWKS_URL must be https'],
    [!/[?&]tls=false/i.test(log), 'EVENTSTORE_URL must use TLS'],
    [config.WEBHOOK_HTTP !== true, 'WEBHOOK_HTTP must not be true'],
    [
      models === undefined || /^[^?]*@|authMechanism=/i.test(models),
      'MONGODB_URL must carry credentials',
    ],
    [
      models === undefined || isEncrypted(models),
      'MONGODB_URL must use TLS (tls=true), and check certificates,',
    ],
  ];
  return checks.find(([holds]) => !holds)?.[1];
}

/** Options that leave anybody who stands between unnoticed. */
const UNCHECKED = ['tlsinsecure', 'tlsallowinvalidcertificates', 'tlsallowinvalidhostnames'];

/** Whether a MongoDB is spoken to over TLS, by its address as the driver reads it: `ssl` is another name, `+srv` implies it. */
function isEncrypted(url: string): boolean {
  const options = new URLSearchParams(url.split('?')[1] ?? '');
  const given = new Map([...options].map(([name, value]) => [name.toLowerCase(), value]));
  const tls = given.get('tls') ?? given.get('ssl') ?? String(url.startsWith('mongodb+srv:'));
  return tls === 'true' && UNCHECKED.every((name) => (given.get(name) ?? 'false') === 'false');
}
