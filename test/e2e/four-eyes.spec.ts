import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import {
  after,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';

const CONFIRMED = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Chủ tịch UBND' };
const CORRECTION = { requester: 'Lê Thị Cúc Hoa', reason: 'Ghi sai họ tên' };

interface Proposal {
  readonly proposalId: string;
  readonly state: string;
  readonly proposed?: string;
  readonly proposedBy?: string;
  readonly endedBy?: string | null;
}
type Answered = Readonly<Record<'proposal', Proposal>>;
type Listed = { readonly items: readonly Proposal[]; readonly total: number };

describe.each(backends)('two accounts, where the agency wants two ($name)', (backend) => {
  let office: Office;
  let binh: Person;
  let cuong: Person;
  let certifier: Person;
  let book: string;

  beforeAll(async () => {
    office = await openOffice(backend);
    const operator = await office.as('operator', { agencies: ['*'] });
    const code = office.agency;
    await operator.post('/v1/agencies', {
      json: { code, name: 'UBND xã Thượng Minh', level: 'commune' },
    });
    [binh, cuong, certifier] = await Promise.all([
      office.as('receiving-officer', { account: 'binh' }),
      office.as('receiving-officer', { account: 'cuong' }),
      office.as('certifier', { account: 'an' }),
    ]);
    const opened = await binh.post(`${office.home}/books`, { json: guideBook });
    book = opened.headers.get('location') ?? '';
    await binh.post(`${book}/entries`, { json: paper() });
    await binh.post(`${book}/entries`, { json: paper({ document: 2 }) });
    const json = { fourEyes: true, reason: 'Quy chế làm việc' };
    const set = await operator.patch(`/v1/agencies/${code}`, { json });
    expect(set.body['agency']).toMatchObject({ fourEyes: true });
  }, 60_000);
  afterAll(() => office.dispose());

  const idOf = (answer: { body: Answered }): string => answer.body.proposal.proposalId;

  it('refuses one account alone, and says what to do', async () => {
    for (const path of [`${book}/close`, `${book}/entries/1/correct`]) {
      const json = path.endsWith('close') ? CONFIRMED : CORRECTION;
      const refused = await binh.post(path, { json });
      expect([refused.status, refused.body['code']]).toEqual([409, 'PROPOSAL_NEEDED']);
      expect(refused.body['detail']).toContain('hai tài khoản');
    }
  });

  it('lists what waits, and carries it out when another account confirms', async () => {
    const asked = await binh.post<Answered>(`${book}/entries/1/proposals`, { json: CORRECTION });
    expect([asked.status, asked.body.proposal.state]).toEqual([201, 'waiting']);
    const there = await cuong.get(asked.headers.get('location') ?? '', after(asked));
    expect(there.body).toMatchObject({ state: 'waiting', number: 1, kind: 'correction' });
    const path = `${office.home}/proposals`;
    const waiting = await cuong.get<Listed>(path, after(asked));
    expect(waiting.body.items).toEqual([
      expect.objectContaining({
        proposalId: idOf(asked),
        proposedBy: 'Người binh',
        proposed: 'Họ tên người yêu cầu chứng thực: Lê Thị Cúc → Lê Thị Cúc Hoa',
      }),
    ]);
    const confirm = `${book}/proposals/${idOf(asked)}/confirm`;
    const own = await binh.post(confirm);
    expect([own.status, own.body['code']]).toEqual([409, 'PROPOSAL_OWN']);
    const done = await certifier.post<Answered>(confirm);
    expect([done.status, done.body.proposal.state]).toEqual([200, 'confirmed']);
    const entry = await binh.get(`${book}/entries/1`, after(done));
    expect(entry.body).toMatchObject({ requester: 'Lê Thị Cúc Hoa', state: 'corrected' });
    expect(entry.body['remarks']).toContain('Người binh đề nghị, Người an xác nhận');
    const left = await cuong.get<Listed>(path, after(done));
    expect(left.body.total).toBe(0);
    const all = await cuong.get<Listed>(`${path}?state=confirmed`);
    expect(all.body.items).toEqual([
      expect.objectContaining({ state: 'confirmed', endedBy: 'Người an' }),
    ]);
  });

  it('confirms once, however many confirm at the same moment', async () => {
    const json = { copies: 7, reason: 'Đếm sai' };
    const asked = await binh.post<Answered>(`${book}/entries/2/proposals`, { json });
    const confirm = `${book}/proposals/${idOf(asked)}/confirm`;
    const many = Array.from({ length: 16 }, (_, n) => (n % 2 === 0 ? cuong : certifier));
    const answers = await Promise.all(many.map((person) => person.post(confirm)));
    expect(answers.map((answer) => answer.status)).toEqual(many.map(() => 200));
    expect(answers.filter((answer) => answer.body['repeated'] === false)).toHaveLength(1);
    const history = await cuong.get<{ items: readonly { type: string }[] }>(
      `${book}/entries/2/history`,
      answers[0] ? after(answers[0]) : {},
    );
    const corrections = history.body.items.filter(({ type }) => type === 'EntryCorrected');
    expect(corrections).toHaveLength(1);
  });

  it('takes one that is withdrawn or refused for ended', async () => {
    const ask = () =>
      binh.post<Answered>(`${book}/entries/1/proposals`, { json: { copies: 5, reason: 'Sai' } });
    const first = await ask();
    const foreign = await cuong.post(`${book}/proposals/${idOf(first)}/withdraw`, { json: {} });
    expect(foreign.body['code']).toBe('PROPOSAL_FOREIGN');
    await binh.post(`${book}/proposals/${idOf(first)}/withdraw`, { json: {} });
    const second = await ask();
    const twice = await ask();
    expect([twice.status, (twice.body as { code?: string }).code]).toEqual([
      409,
      'PROPOSAL_WAITING',
    ]);
    const json = { reason: 'Không đúng bản chính' };
    await certifier.post(`${book}/proposals/${idOf(second)}/refuse`, { json });
    const late = await cuong.post(`${book}/proposals/${idOf(second)}/confirm`);
    expect([late.status, late.body['code']]).toEqual([409, 'PROPOSAL_ENDED']);
    const gone = await cuong.post(`${book}/proposals/${idOf(first)}/confirm`);
    expect([gone.status, gone.body['code']]).toEqual([404, 'PROPOSAL_NOT_FOUND']);
  });

  it('answers a repeated request as the first time, and no other content under its key', async () => {
    const headers = { 'idempotency-key': 'propose-1' };
    const path = `${book}/entries/1/proposals`;
    const json = { copies: 6, reason: 'Sai' };
    const [first, again] = [
      await binh.post<Answered>(path, { json, headers }),
      await binh.post<Answered>(path, { json, headers }),
    ];
    expect(idOf(again)).toBe(idOf(first));
    const other = await binh.post(path, { json: { ...json, copies: 8 }, headers });
    expect(other.body['code']).toBe('IDEMPOTENCY_KEY_REUSED');
    await binh.post(`${book}/proposals/${idOf(first)}/withdraw`, { json: {} });
  });

  it('survives a restart between asking and confirming, and names both at the closing', async () => {
    const asked = await binh.post<Answered>(`${book}/proposals`, { json: CONFIRMED });
    await office.restart();
    const done = await cuong.post<Answered>(`${book}/proposals/${idOf(asked)}/confirm`);
    expect(done.body.proposal.state).toBe('confirmed');
    const details = await cuong.get(book, after(done));
    expect(details.body).toMatchObject({
      state: 'closed',
      proposedBy: 'Người binh',
      closedBy: 'Người cuong',
    });
  });

  it.each(['closing-xyz', '0-0123456789abcdef', `1-${'0'.repeat(16)}`, '%00', 'a'.repeat(300)])(
    'knows no proposal %s',
    async (id) => {
      const answer = await cuong.post(`${book}/proposals/${id}/confirm`);
      expect([404, 400].includes(answer.status)).toBe(true);
    },
  );
});
