import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles, type Role } from '#access';
import { backends, type Backend } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
import {
  after,
  form,
  guideBook,
  openOffice,
  paper,
  type Answer,
  type Asked,
  type Office,
  type Person,
} from '../support/office.ts';

/** What only entries hold: where one of these stands in an answer, an entry was shown. */
const entry = paper({
  requester: 'Lê Thị Thu Nguyệt',
  documentTitle: 'Giấy khai sinh của cháu Hoàng Bách',
  certifierFullName: 'Phan Đình Ký',
});
const values = [entry.requester, entry.documentTitle, entry.certifierFullName];

const mandate = {
  mandateKind: 'assignment',
  holderFullName: 'Nguyễn Văn An',
  holderTitle: 'Phó Chủ tịch UBND',
  mandateIssuer: 'Chủ tịch UBND xã Thượng Minh',
  mandateNumber: '15/QĐ-UBND',
  issuedOn: '2024-05-10',
  validFrom: '2024-05-10',
};

const dossier = { dossier: 'H03.24-0001', documents: 9, requester: entry.requester };

interface Records {
  readonly items: readonly Record<string, unknown>[];
}

/** Everything each command needs to be carried out, or to find that it came too late. */
const bodies: Readonly<Record<string, object>> = {
  'POST /v1/agencies/{agency}/books': { ...guideBook, name: '02/2024' },
  'PATCH /v1/agencies/{agency}/books/{bookId}': { closesOn: '2024-12-30' },
  'POST /v1/agencies/{agency}/mandates': mandate,
  'POST /v1/agencies/{agency}/dossiers': dossier,
  'POST /v1/agencies/{agency}/dossiers/{dossier}/appointment': {
    dueAt: '2024-05-13T10:00:00+07:00',
    reason: 'Nhiều trang',
  },
  'POST /v1/agencies/{agency}/books/{bookId}/entries': entry,
  'POST /v1/agencies/{agency}/books/{bookId}/entries:batch': {
    documents: [{ ...entry, document: 3 }],
  },
  'POST /v1/agencies/{agency}/books/{bookId}/entries/{number}/correct': {
    copies: 5,
    reason: 'Ghi sai',
  },
  'POST /v1/agencies/{agency}/books/{bookId}/entries/{number}/revoke': {
    decisionNumber: '12/QĐ-UBND',
    decisionDate: '2024-05-10',
    reason: 'Bản chính giả',
  },
};

const routes = async (): Promise<string[]> => {
  const text = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
  const { paths } = JSON.parse(text) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
};

describe('whoever is shown an entry or an image', () => {
  let office: Office;
  let auditor: Person;
  let ids: Readonly<Record<string, string>>;
  /** Route and status → whether every answer that showed something was recorded. */
  const shown = new Map<string, boolean>();

  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend, { SEAL_SECONDS: '0' });
    const [officer, certifier, clerk] = await Promise.all([
      office.as('receiving-officer'),
      office.as('certifier'),
      office.as('clerk'),
    ]);
    auditor = await office.as('auditor');
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    const book = opened.headers.get('location') ?? '';
    const named = await officer.post(`${book}/entries`, { json: entry });
    await officer.post(`${book}/entries`, { json: { ...entry, document: 2 } });
    const proposalId = await propose(officer, book);
    const fields = { name: 'Chữ ký', signerFullName: 'Nguyễn Văn An', signerTitle: 'Chủ tịch' };
    const signed = await certifier.post<{ id: string }>(`${office.home}/signatures`, {
      form: form(fields, await signature()),
    });
    const sealed = await clerk.post<{ id: string }>(`${office.home}/seals`, {
      form: form({ name: 'Con dấu' }, await seal()),
    });
    const recorded = await clerk.post<{ mandate: { id: string } }>(`${office.home}/mandates`, {
      json: mandate,
    });
    await officer.get(`${office.home}/seals`, after(recorded));
    const received = await officer.post(`${office.home}/dossiers`, { json: dossier });
    await officer.get(`${office.home}/dossiers`, after(received));
    ids = {
      agency: office.agency,
      bookId: book.split('/').at(-1) ?? '',
      number: '1',
      proposalId,
      correlationId: named.headers.get('x-correlation-id') ?? '',
      type: 'SCTDT.BS',
      year: '2024',
      period: 'half-year',
      projection: 'seal_list',
      signatures: signed.body.id,
      seals: sealed.body.id,
      mandates: recorded.body.mandate.id,
      dossier: dossier.dossier,
    };
    await auditor.post('/v1/audit/checkpoints');
    for (const route of await routes()) for (const role of roles) await visit(route, role);
  }, 120_000);

  afterAll(() => office.dispose());

  const pathOf = (path: string): string => {
    const kinds = ['seals', 'mandates'] as const;
    const kind = kinds.find((one) => path.includes(`/${one}/`)) ?? 'signatures';
    // A number is voided or revoked, not both.
    const whole = path.replace('{number}/revoke', '2/revoke');
    return whole.replaceAll(
      /\{(\w+)\}/g,
      (_all, name: string) => ids[name === 'id' ? kind : name] ?? '',
    );
  };

  /** Something waits for a second account, and the commands of one account go on. */
  async function propose(officer: Person, book: string): Promise<string> {
    const operator = await office.as('operator');
    const code = office.agency;
    await operator.post('/v1/agencies', { json: { code, name: 'UBND xã', level: 'commune' } });
    const set = (fourEyes: boolean) =>
      operator.patch(office.home, { json: { fourEyes, reason: 'Quy chế' } });
    await set(true);
    const json = { documentTitle: 'Giấy khai sinh', reason: 'Ghi thừa' };
    const asked = await officer.post<{ proposal: { proposalId: string } }>(
      `${book}/entries/1/proposals`,
      { json },
    );
    expect(asked.status).toBe(201);
    await set(false);
    return asked.body.proposal.proposalId;
  }

  /** Questions of moments need them, and those of a stream its name. */
  function askedOf(path: string): string {
    if (path.endsWith('{agency}/proposals')) return '?state=all';
    if (path.endsWith('/as-of/books')) return '?at=2024-12-31&year=2024';
    if (/as-of(\/entries|\/seals|\/signatures|\/mandates)?$/.test(path)) return '?at=2024-12-31';
    if (path.endsWith('/difference')) return '?from=0&to=2024-12-31';
    const stream = `register-${office.agency}-SCTDT.BS-2024`;
    return path.endsWith('/replay') ? `?stream=${stream}` : '';
  }

  /** Asks each way a caller may: as it is, too late, and where a question needs its moment. */
  async function visit(route: string, role: Role): Promise<void> {
    const [method = '', path = ''] = route.split(' ');
    const person = await office.as(role);
    const verb = method.toLowerCase() as 'get' | 'post' | 'patch';
    const target = `${pathOf(path)}${askedOf(path)}`;
    const json = bodies[route] ?? { reason: 'Thử' };
    const ways: Asked[] =
      method === 'GET'
        ? [{}]
        : [{ json, headers: { 'if-match': '"999"' } }, { json }, { json: { ...json, copies: 7 } }];
    for (const asked of ways) await judge(route, await person[verb]<unknown>(target, asked));
  }

  async function judge(route: string, { status, headers, body }: Answer<unknown>): Promise<void> {
    const isImage = headers.get('content-type')?.startsWith('image/') ?? false;
    const text = JSON.stringify(body);
    if (!isImage && !values.some((value) => text.includes(value))) return;
    const id = headers.get('x-correlation-id');
    const records = await auditor.get<Records>(`${office.home}/access-records?limit=100`);
    const record = records.body.items.find(({ correlationId }) => correlationId === id);
    const key = `${route} ${status}`;
    const isKept = record !== undefined && record['status'] === status;
    shown.set(key, isKept && (shown.get(key) ?? true));
  }

  it('leaves a record, whatever route, command or refusal it was', () => {
    const lost = [...shown].filter(([, isKept]) => !isKept).map(([key]) => key);
    expect(lost).toEqual([]);
  });

  it('is so at these answers, and a new one is looked at before it stands here', () => {
    const home = '/v1/agencies/{agency}';
    const number = `${home}/books/{bookId}/entries/{number}`;
    expect([...shown.keys()].sort()).toEqual(
      [
        `GET ${home}/books/{bookId}/entries 200`,
        `GET ${home}/books/{bookId}/as-of/entries 200`,
        `GET ${home}/books/{bookId}/as-of/entries/difference 200`,
        `GET ${home}/books/{bookId}/history 200`,
        `GET ${home}/books/{bookId}/proposals/{proposalId} 200`,
        `GET ${home}/feed 200`,
        `GET ${home}/feed/events 200`,
        `GET ${home}/history 200`,
        `GET ${home}/proposals 200`,
        `GET ${home}/replay 200`,
        `GET ${home}/requests/{correlationId} 200`,
        `GET ${home}/seals/{id}/image 200`,
        `GET ${home}/signatures/{id}/image 200`,
        `GET ${home}/dossiers 200`,
        `GET ${home}/dossiers/{dossier} 200`,
        `GET ${home}/dossiers/{dossier}/as-of 200`,
        `GET ${number} 200`,
        `GET ${number}/as-of 200`,
        `GET ${number}/as-of/difference 200`,
        `GET ${number}/history 200`,
        `GET ${number}/proof 200`,
        `POST ${home}/books/{bookId}/entries 200`,
        `POST ${home}/books/{bookId}/entries 409`,
        `POST ${home}/books/{bookId}/entries 412`,
        `POST ${home}/books/{bookId}/entries:batch 200`,
        `POST ${home}/dossiers 200`,
        `POST ${home}/dossiers 412`,
        ...['appointment', 'return'].flatMap((verb) => [
          `POST ${home}/dossiers/{dossier}/${verb} 200`,
          `POST ${home}/dossiers/{dossier}/${verb} 412`,
        ]),
        ...['correct', 'revoke', 'void'].flatMap((verb) => [
          `POST ${number}/${verb} 200`,
          `POST ${number}/${verb} 412`,
        ]),
      ].sort(),
    );
  });
});
