import { issueDevToken, type Role } from '#access';
import { loadConfig } from '#config';
import type { TokenKind } from './shots.ts';

export type Tokens = Readonly<Record<TokenKind, string | string[] | undefined>>;

/** Tokens of every role, and every way a token can be wrong, as `Authorization`. */
export async function issueTokens(dataDir: string, agencies: readonly string[]): Promise<Tokens> {
  const { OIDC_AUDIENCE: audience } = loadConfig({});
  const issue = (account: string, roles: Role[], where = agencies, lifetime = 7200) =>
    issueDevToken(dataDir, {
      account,
      name: `Người ${account}`,
      roles,
      agencies: where,
      audience,
      lifetime,
    });
  const registry: Role[] = ['receiving-officer', 'certifier', 'clerk', 'auditor'];
  const all = await issue('fuzz.all', registry);
  const [head = '', claims = '', tail = ''] = all.split('.');
  const forged = {
    ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object),
    sub: 'fuzz.other',
  };
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const bearer = async (token: Promise<string>): Promise<string> => `Bearer ${await token}`;
  return {
    all: `Bearer ${all}`,
    officer: await bearer(issue('fuzz.officer', ['receiving-officer'])),
    certifier: await bearer(issue('fuzz.certifier', ['certifier'])),
    clerk: await bearer(issue('fuzz.clerk', ['clerk'])),
    auditor: await bearer(issue('fuzz.auditor', ['auditor'], ['*'])),
    operator: await bearer(issue('fuzz.operator', ['operator'], ['*'])),
    none: undefined,
    stranger: await bearer(issue('fuzz.stranger', registry, ['BK-999'])),
    expired: await bearer(issue('fuzz.all', registry, agencies, -3600)),
    forged: `Bearer ${head}.${encode(forged)}.${tail}`,
    unsigned: `Bearer ${encode({ alg: 'none' })}.${claims}.`,
    garbage: 'Bearer ....',
    basic: 'Basic Zm9vOmJhcg==',
    twice: [`Bearer ${all}`, 'Bearer x'],
  };
}
