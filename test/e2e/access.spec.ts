import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles, type Role } from '#access';
import { backends, type Backend } from '../support/backends.ts';
import { signature } from '../support/draw/index.ts';
import { form, openOffice, type Office } from '../support/office.ts';

/**
 * Who may do what, as the table of roles has it; written here by hand, so that neither the rules
 * nor the routes can change without it.
 */
const officer: readonly Role[] = ['receiving-officer'];
const certifier: readonly Role[] = ['certifier'];
const clerk: readonly Role[] = ['clerk'];
const readers: readonly Role[] = ['receiving-officer', 'certifier', 'clerk', 'auditor'];
const operator: readonly Role[] = ['operator'];
const AGENCY = '/v1/agencies/{agency}';
/** The directory says nothing but codes, names and successors: of any agency, to all. */
const DIRECTORY = `GET ${AGENCY}`;
/** Holds what is of every agency. */
const EVERYTHING = ['GET /v1/audit/bundle', 'GET /v1/feed', 'GET /v1/feed/events'];
/** Who had it. */
const LOOKED = 'GET /v1/audit/access-records';

const rules: Readonly<Record<string, readonly Role[] | 'anyone'>> = {
  'POST /v1/agencies': operator,
  'GET /v1/agencies': roles,
  [DIRECTORY]: roles,
  [`PATCH ${AGENCY}`]: operator,
  [`POST ${AGENCY}/retirement`]: operator,
  [`GET ${AGENCY}/changes`]: roles,
  [`GET ${AGENCY}/as-of`]: roles,
  [`GET ${AGENCY}/as-of/difference`]: roles,
  [`POST ${AGENCY}/books`]: officer,
  [`GET ${AGENCY}/books`]: readers,
  [`GET ${AGENCY}/books/next/{type}/{year}`]: readers,
  [`GET ${AGENCY}/books/{bookId}`]: readers,
  [`PATCH ${AGENCY}/books/{bookId}`]: officer,
  [`POST ${AGENCY}/books/{bookId}/discard`]: officer,
  [`POST ${AGENCY}/books/{bookId}/close`]: officer,
  [`GET ${AGENCY}/books/{bookId}/history`]: readers,
  [`GET ${AGENCY}/books/{bookId}/as-of`]: readers,
  [`GET ${AGENCY}/books/{bookId}/as-of/difference`]: readers,
  [`POST ${AGENCY}/books/{bookId}/entries`]: officer,
  [`POST ${AGENCY}/books/{bookId}/entries:batch`]: officer,
  [`GET ${AGENCY}/books/{bookId}/entries`]: readers,
  [`GET ${AGENCY}/books/{bookId}/entries/{number}`]: readers,
  [`POST ${AGENCY}/books/{bookId}/entries/{number}/correct`]: officer,
  [`POST ${AGENCY}/books/{bookId}/entries/{number}/void`]: officer,
  [`POST ${AGENCY}/books/{bookId}/entries/{number}/revoke`]: certifier,
  [`GET ${AGENCY}/books/{bookId}/entries/{number}/history`]: readers,
  [`GET ${AGENCY}/books/{bookId}/entries/{number}/as-of`]: readers,
  [`GET ${AGENCY}/books/{bookId}/entries/{number}/as-of/difference`]: readers,
  [`GET ${AGENCY}/copies`]: readers,
  [`GET ${AGENCY}/books/{bookId}/entries/{number}/copy`]: readers,
  [`POST ${AGENCY}/books/{bookId}/entries/{number}/stamp`]: officer,
  [`POST ${AGENCY}/books/{bookId}/entries/{number}/signed-copy`]: [...certifier, ...clerk],
  [`POST ${AGENCY}/exports`]: readers,
  [`GET ${AGENCY}/exports`]: readers,
  [`GET ${AGENCY}/exports/{exportId}`]: readers,
  [`POST ${AGENCY}/exports/{exportId}/cancel`]: readers,
  [`GET ${AGENCY}/exports/{exportId}/file`]: readers,
  'GET /v1/register-types': roles,
  'GET /v1/fees/proposal': roles,
  [`GET ${AGENCY}/fees/{month}`]: readers,
  [`GET ${AGENCY}/figures/{year}`]: readers,
  [`GET ${AGENCY}/reports/{year}/{period}`]: readers,
  [`GET ${AGENCY}/reports/{year}/{period}/file`]: readers,
  'GET /v1/reports/{year}/{period}': ['auditor'],
  'GET /v1/reports/{year}/{period}/file': ['auditor'],
  [`GET ${AGENCY}/proposals`]: readers,
  [`GET ${AGENCY}/books/{bookId}/proposals/{proposalId}`]: readers,
  [`POST ${AGENCY}/books/{bookId}/proposals`]: officer,
  [`POST ${AGENCY}/books/{bookId}/entries/{number}/proposals`]: officer,
  [`POST ${AGENCY}/books/{bookId}/proposals/{proposalId}/confirm`]: [...officer, ...certifier],
  [`POST ${AGENCY}/books/{bookId}/proposals/{proposalId}/refuse`]: [...officer, ...certifier],
  [`POST ${AGENCY}/books/{bookId}/proposals/{proposalId}/withdraw`]: officer,
  [`POST ${AGENCY}/signatures`]: certifier,
  [`GET ${AGENCY}/signatures`]: readers,
  [`GET ${AGENCY}/signatures/{id}`]: readers,
  [`PATCH ${AGENCY}/signatures/{id}`]: certifier,
  [`GET ${AGENCY}/signatures/{id}/image`]: readers,
  [`POST ${AGENCY}/signatures/{id}/revoke`]: certifier,
  [`GET ${AGENCY}/signatures/{id}/history`]: readers,
  [`GET ${AGENCY}/signatures/{id}/as-of`]: readers,
  [`GET ${AGENCY}/signatures/{id}/as-of/difference`]: readers,
  [`POST ${AGENCY}/seals`]: clerk,
  [`GET ${AGENCY}/seals`]: readers,
  [`GET ${AGENCY}/seals/{id}`]: readers,
  [`PATCH ${AGENCY}/seals/{id}`]: clerk,
  [`GET ${AGENCY}/seals/{id}/image`]: readers,
  [`POST ${AGENCY}/seals/{id}/revoke`]: clerk,
  [`GET ${AGENCY}/seals/{id}/history`]: readers,
  [`GET ${AGENCY}/seals/{id}/as-of`]: readers,
  [`GET ${AGENCY}/seals/{id}/as-of/difference`]: readers,
  [`POST ${AGENCY}/mandates`]: clerk,
  [`GET ${AGENCY}/mandates`]: readers,
  [`GET ${AGENCY}/mandates/needed`]: readers,
  [`GET ${AGENCY}/mandates/{id}`]: readers,
  [`POST ${AGENCY}/mandates/{id}/end`]: clerk,
  [`GET ${AGENCY}/mandates/{id}/history`]: readers,
  [`GET ${AGENCY}/mandates/{id}/as-of`]: readers,
  [`GET ${AGENCY}/mandates/{id}/as-of/difference`]: readers,
  [`POST ${AGENCY}/dossiers`]: officer,
  [`GET ${AGENCY}/dossiers`]: readers,
  [`GET ${AGENCY}/dossiers/{dossier}`]: readers,
  [`POST ${AGENCY}/dossiers/{dossier}/appointment`]: officer,
  [`POST ${AGENCY}/dossiers/{dossier}/return`]: officer,
  [`GET ${AGENCY}/dossiers/{dossier}/as-of`]: readers,
  [`GET ${AGENCY}/dossiers/{dossier}/as-of/difference`]: readers,
  [`GET ${AGENCY}/history`]: readers,
  [`GET ${AGENCY}/as-of/books`]: readers,
  [`GET ${AGENCY}/as-of/mandates`]: readers,
  [`GET ${AGENCY}/as-of/seals`]: readers,
  [`GET ${AGENCY}/as-of/signatures`]: readers,
  [`GET ${AGENCY}/books/{bookId}/as-of/entries`]: readers,
  [`GET ${AGENCY}/books/{bookId}/as-of/entries/difference`]: readers,
  [`GET ${AGENCY}/requests/{correlationId}`]: readers,
  [`GET ${AGENCY}/feed`]: readers,
  [`GET ${AGENCY}/feed/events`]: readers,
  'GET /v1/feed': ['auditor'],
  'GET /v1/feed/events': ['auditor'],
  [`GET ${AGENCY}/replay`]: readers,
  [`GET ${AGENCY}/access-records`]: ['auditor'],
  [`GET ${AGENCY}/books/{bookId}/entries/{number}/proof`]: readers,
  [`GET ${AGENCY}/audit/inclusion`]: readers,
  [`GET ${AGENCY}/audit/number`]: readers,
  [`GET ${AGENCY}/audit/document`]: readers,
  [`GET ${AGENCY}/audit/bundle`]: ['auditor'],
  'GET /v1/audit/bundle': ['auditor'],
  [LOOKED]: ['auditor'],
  'GET /v1/audit/checkpoint': roles,
  'GET /v1/audit/checkpoints': roles,
  'POST /v1/audit/checkpoints': ['auditor', 'operator'],
  'GET /v1/audit/keys': roles,
  'GET /v1/audit/consistency': roles,
  'GET /v1/projections': operator,
  'GET /v1/projections/events': operator,
  'POST /v1/projections/tasks': operator,
  'GET /v1/projections/{projection}/tasks': operator,
  'POST /v1/projections/{projection}/call-off': operator,
  'POST /v1/projections/{projection}/retry': operator,
  'POST /v1/projections/{projection}/skip': operator,
  'GET /v1/sign-in': 'anyone',
  'POST /v1/development/tokens': 'anyone',
  'GET /xac-minh/{code}': 'anyone',
  'POST /xac-minh': 'anyone',
  'GET /v1/me': roles,
  'GET /metrics': 'anyone',
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',
  'GET /health/ready/commands': 'anyone',
  'GET /health/ready/reads': 'anyone',
};

/** Whose token it is: one of the agency's own people, another agency's, or one granted every agency. */
const grants = ['own', 'other', 'every'] as const;
type Grant = (typeof grants)[number];
/** Roles whose grant may span agencies. */
const spanning: readonly Role[] = ['auditor', 'operator'];

function allowed(route: string, role: Role, grant: Grant): boolean {
  const rule = rules[route] ?? [];
  if (rule === 'anyone') return true;
  if (!rule.includes(role)) return false;
  if (EVERYTHING.includes(route) || route === LOOKED) return grant === 'every';
  if (!route.includes('{agency}') || route === DIRECTORY) return true;
  return grant === 'own' || (grant === 'every' && spanning.includes(role));
}

async function routes(): Promise<string[]> {
  const text = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
  const { paths } = JSON.parse(text) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** The route with every parameter filled in by something well-formed that is not there. */
const filled = (path: string, agency: string): string =>
  path
    .replace('{agency}', agency)
    .replace('{bookId}', `SCTDT.BS-2024-${'0'.repeat(16)}`)
    .replace('{number}', '1')
    .replace('{correlationId}', 'none')
    .replace('{proposalId}', `1-${'0'.repeat(16)}`)
    .replace('{type}', 'SCTDT.BS')
    .replace('{year}', '2024')
    .replace('{month}', '2024-05')
    .replace('{period}', 'half-year')
    .replace('{projection}', 'seal_list')
    .replace('{exportId}', '0'.repeat(32))
    .replace('{id}', '00000000-0000-4000-8000-000000000000');

describe('who may do what', () => {
  let office: Office;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend);
    const agencies = { own: [office.agency], other: ['BK-OTHER'], every: ['*'] };
    for (const role of roles) {
      for (const grant of grants) {
        const { token } = await office.as(role, { agencies: agencies[grant] });
        tokens.set(`${role} ${grant}`, token);
      }
    }
  }, 60_000);

  afterAll(() => office.dispose());

  async function statusOf(route: string, token: string | undefined): Promise<number> {
    const [method = '', path = ''] = route.split(' ');
    const { status } = await fetch(`${office.url}${filled(path, office.agency)}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(method !== 'GET' && { 'content-type': 'application/json' }),
      },
      ...(method !== 'GET' && { body: '{}' }),
    });
    return status;
  }

  it('is written down for every route there is, and for no other', async () => {
    expect((await routes()).sort()).toEqual(Object.keys(rules).sort());
  });

  describe.each(Object.entries(rules))('%s', (route, rule) => {
    it(`lets ${rule === 'anyone' ? 'anyone' : rule.join(', ')} in, and nobody else`, async () => {
      for (const role of roles) {
        for (const grant of grants) {
          const status = await statusOf(route, tokens.get(`${role} ${grant}`));
          const inside = allowed(route, role, grant);
          expect([role, grant, status === 403]).toEqual([role, grant, !inside]);
          expect(status).toBeLessThan(500);
          expect(status).not.toBe(401);
        }
      }
      const anonymous = await statusOf(route, undefined);
      expect(anonymous === 401).toBe(rule !== 'anyone');
    });
  });

  it('is not a matter of the agency’s spelling', async () => {
    const token = tokens.get('receiving-officer other') ?? '';
    for (const code of [office.agency.toLowerCase(), `${office.agency}%20`, `BK-OTHER%2F..%2F`]) {
      const { status } = await fetch(`${office.url}/v1/agencies/${code}/books`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect([code, [403, 404].includes(status)]).toEqual([code, true]);
    }
  });

  it('is, for a signature, a matter of the account that made it', async () => {
    const [own, other] = await Promise.all(
      ['certifier.a', 'certifier.b'].map((account) => office.as('certifier', { account })),
    );
    const fields = { name: 'Chữ ký', signerFullName: 'Nguyễn Văn An', signerTitle: 'Chủ tịch' };
    const path = `/v1/agencies/${office.agency}/signatures`;
    const made = await own?.post(path, { form: form(fields, await signature()) });
    const revoke = `${path}/${String(made?.body['id'])}/revoke`;
    const refused = await other?.post(revoke, { json: { reason: 'Thử' } });
    expect([refused?.status, refused?.body['code']]).toEqual([404, 'SIGNATURE_NOT_FOUND']);
    const done = await own?.post(revoke, { json: { reason: 'Thôi việc' } });
    expect(done?.status).toBe(200);
  });
});
