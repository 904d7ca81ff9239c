import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { roles } from '#access';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

interface Grant {
  readonly role: string;
  readonly db: string;
}
interface Made {
  readonly user?: string;
  readonly pwd?: string;
  readonly roles: readonly Grant[];
  readonly privileges?: readonly { resource: { db: string }; actions: readonly string[] }[];
}

interface Realm {
  readonly roles: { readonly realm: readonly { readonly name: string }[] };
  readonly clients: readonly {
    readonly publicClient: boolean;
    readonly implicitFlowEnabled: boolean;
    readonly directAccessGrantsEnabled: boolean;
    readonly attributes: Readonly<Record<string, string>>;
    readonly protocolMappers: readonly { readonly config: Readonly<Record<string, string>> }[];
  }[];
}

/** What the script makes of a MongoDB that has just been started. */
function madeBy(script: string): { readonly user: Made; readonly role: Made } {
  const made: { user?: Made; role?: Made } = {};
  const admin = {
    createUser: (user: Made) => (made.user = user),
    createRole: (role: Made) => (made.role = role),
  };
  const secret = { readFileSync: () => 'a secret\n' };
  const db = { getSiblingDB: (name: string) => (name === 'admin' ? admin : undefined) };
  runInNewContext(script, { db, require: () => secret, process: { env: {} } });
  return made as { user: Made; role: Made };
}

describe('the deployment', () => {
  it('publishes on this machine alone, and the API only', () => {
    const published = [...read('docker-compose.yml').matchAll(/^ +ports: \[(.+)\]$/gm)];
    expect(published.map(([, ports]) => ports)).toEqual(["'127.0.0.1:${PORT:-3000}:3000'"]);
    expect(read('deploy/docker-compose.secure.yml')).not.toMatch(/\bports:/);
  });

  it('is one for production where nothing else is said, and runs as nobody special', () => {
    const image = read('Dockerfile');
    expect(image).toMatch(/^ENV NODE_ENV=production /m);
    expect(image).toMatch(/^USER node$/m);
    expect(read('deploy/docker-compose.secure.yml')).toMatch(/^ +NODE_ENV: production$/m);
  });

  it('has the service at MongoDB as a user that can take no access record away', () => {
    const { user, role } = madeBy(read('deploy/mongodb/users.js'));
    expect(user).toMatchObject({ user: 'register', pwd: 'a secret' });
    expect(user.roles).toEqual([
      { role: 'readWrite', db: 'chungthuc' },
      { role: 'keepAccessRecords', db: 'admin' },
    ]);
    const granted = role.privileges ?? [];
    expect(granted.map(({ resource }) => resource.db)).toEqual(
      ['access', 'tlog', 'webhooks'].map((area) => `chungthuc_${area}`),
    );
    const actions = granted.flatMap((one) => one.actions);
    expect(actions.filter((action) => /remove|drop|any|truncate/i.test(action))).toEqual([]);
  });

  it('has rules about figures that there are, the seal alarm among them', () => {
    const gauges = ['seal-gauges', 'webhook-gauges'];
    const there = gauges.map((name) => read(`libs/telemetry/${name}.ts`)).join('');
    const rules = read('deploy/alerts.yml');
    expect(read('deploy/prometheus.yml')).toContain('rule_files: [alerts.yml]');
    const named = [...rules.matchAll(/\bregister_[a-z_]+/g)].map(([name]) => name);
    expect(named).toContain('register_seal_alarm');
    expect(named.filter((name) => !there.includes(`'${name}'`))).toEqual([]);
  });

  it('has a realm for Keycloak with the house’s roles, and no other way in than the console’s', () => {
    const realm = JSON.parse(read('deploy/keycloak/realm.json')) as Realm;
    const names = realm.roles.realm.map(({ name }) => name);
    expect(names.sort()).toEqual([...roles].sort());
    expect(realm.clients.map(({ publicClient, attributes }) => [publicClient, attributes])).toEqual(
      [[true, expect.objectContaining({ 'pkce.code.challenge.method': 'S256' })]],
    );
    const [client] = realm.clients;
    expect([client?.implicitFlowEnabled, client?.directAccessGrantsEnabled]).toEqual([
      false,
      false,
    ]);
    const claims = client?.protocolMappers.map(({ config }) => config['claim.name']);
    expect(claims).toEqual(expect.arrayContaining(['roles', 'agency', 'name']));
  });

  it('speaks to MongoDB over TLS only', () => {
    expect(read('deploy/docker-compose.secure.yml')).toContain('--tlsMode=requireTLS');
    expect(read('docs/security.md')).toMatch(/mongodb:\/\/register:\{password\}@[^`]+tls=true/);
  });
});
