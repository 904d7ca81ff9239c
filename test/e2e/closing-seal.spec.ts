import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { seal } from '../support/draw/index.ts';
import {
  after,
  form,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';

const CONFIRMED = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Chủ tịch UBND' };

interface Details {
  readonly status: string;
  readonly seal: { readonly id: string; readonly version: number; readonly agency: string } | null;
}

describe.each(backends)('the seal a book is closed with ($name)', (backend) => {
  let office: Office;
  let officer: Person;
  let clerk: Person;

  beforeAll(async () => {
    office = await openOffice(backend);
    [officer, clerk] = await Promise.all([office.as('receiving-officer'), office.as('clerk')]);
  }, 60_000);
  afterAll(() => office.dispose());

  const opened = async (type: string): Promise<string> => {
    const answer = await officer.post(`${office.home}/books`, { json: { ...guideBook, type } });
    const path = answer.headers.get('location') ?? '';
    await officer.post(`${path}/entries`, { json: paper() });
    return path;
  };
  const registered = async (name: string): Promise<string> => {
    const answer = await clerk.post<{ id: string }>(`${office.home}/seals`, {
      form: form({ name }, await seal()),
    });
    return answer.body.id;
  };
  const closing = (path: string, given: object = {}) =>
    officer.post(`${path}/close`, { json: { ...CONFIRMED, ...given } });

  it('is none where the agency has none, and one that is named has to be there', async () => {
    const path = await opened('SCT.BS');
    const refused = await closing(path, { seal: {} });
    expect([refused.status, refused.body['code']]).toEqual([409, 'SEAL_NO_DEFAULT']);
    const closed = await closing(path);
    expect(closed.status).toBe(200);
    const { body } = await officer.get<Details>(path, after(closed));
    expect([body.status, body.seal]).toEqual(['closed', null]);
  });

  it('is the agency’s default at the version it has then, or the one that is named; never one out of use', async () => {
    const [first, second] = [await registered('Con dấu cơ quan'), await registered('Con dấu cũ')];
    await clerk.patch(`${office.home}/seals/${first}`, {
      form: form({ reason: 'Khắc lại' }, await seal({ width: 777 })),
    });
    await clerk.post(`${office.home}/seals/${second}/revoke`, { json: { reason: 'Hỏng' } });
    const path = await opened('SCT.CKND');
    const refused = await closing(path, { seal: { id: second } });
    expect([refused.status, refused.body['code']]).toEqual([409, 'SEAL_REVOKED']);
    const closed = await closing(path);
    const used = { id: first, version: 2, agency: office.agency };
    const { body } = await officer.get<Details>(path, after(closed));
    expect(body.seal).toMatchObject(used);
    const again = await closing(path);
    expect([again.status, again.body['repeated']]).toEqual([200, true]);
    const history = await officer.get<{ items: { changes: { field: string }[] }[] }>(
      `${path}/history?sort=-occurredAt`,
      after(closed),
    );
    expect(history.body.items[0]?.changes.map(({ field }) => field)).toContain('seal');
    const then = await officer.get(`${path}/as-of?at=2024-05-10`);
    expect(then.body['state']).toMatchObject({ seal: used });
  });

  it('goes with what one account asks for and another confirms', async () => {
    const operator = await office.as('operator', { agencies: ['*'] });
    const code = office.agency;
    await operator.post('/v1/agencies', { json: { code, name: 'UBND xã', level: 'commune' } });
    await operator.patch(office.home, { json: { fourEyes: true, reason: 'Quy chế' } });
    const path = await opened('SCTDT.BS');
    const asked = await officer.post<{ proposal: { proposalId: string } }>(`${path}/proposals`, {
      json: CONFIRMED,
    });
    const { proposalId } = asked.body.proposal;
    const other = await office.as('receiving-officer', { account: 'cuong' });
    const confirmed = await other.post(`${path}/proposals/${proposalId}/confirm`);
    expect(confirmed.status).toBe(200);
    const { body } = await officer.get<Details>(path, after(confirmed));
    expect(body.seal).toMatchObject({ version: 2, agency: code });
  });
});
