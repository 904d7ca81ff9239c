import { createPortalClient, PortalProblem, type PortalClient } from '#client';
import type { Memory } from './memory.ts';
import type { Tokens } from './tokens.ts';

/** Agencies that want two accounts; the run itself may retire one, and then the next is at hand. */
export const TWO = Array.from({ length: 40 }, (_, at) => `BK-${301 + at}`);

interface Ground {
  readonly url: string;
  readonly tokens: Tokens;
  readonly memory: Memory;
}

const paper = (document: number) => ({
  dossier: `two-${document}-${(papers += 1)}`,
  document,
  requester: 'Lê Thị Cúc',
  documentTitle: 'Bằng tốt nghiệp',
  certifierFullName: 'Nguyễn Văn An',
  certifierTitle: 'Chủ tịch UBND',
  copies: 1,
  fee: 2000,
});
let papers = 0;
let at = 0;

/** Sees to it that somewhere something waits for a second account, of an officer's and of anybody's. */
export async function keepWaiting(ground: Ground): Promise<void> {
  for (; at < TWO.length; at += 1) {
    try {
      await prepare(ground, TWO[at] ?? '');
      return;
    } catch (error) {
      // The run has ended this agency.
      if (!(error instanceof PortalProblem)) throw error;
    }
  }
}

async function prepare({ url, tokens, memory }: Ground, agency: string): Promise<void> {
  const clientOf = (token: keyof Tokens): PortalClient =>
    createPortalClient({ baseUrl: url, token: String(tokens[token]).replace('Bearer ', '') });
  const [operator, officer, all] = [clientOf('operator'), clientOf('officer'), clientOf('all')];
  const named = { code: agency, name: `UBND xã ${agency}`, level: 'commune' } as const;
  await operator.registerAgency(named).catch(unlessThere);
  await operator.editAgency({ agency }, { fourEyes: true, reason: 'Quy chế' });
  const bookId = await openBook(officer, agency);
  const free = await officer.assignEntryNumber({ agency, bookId }, paper(9));
  memory.twoAccounts({ agency, bookId, number: String(free.data.entry.number) });
  for (const [index, by] of [officer, officer, officer, all, all].entries()) {
    const { data } = await officer.assignEntryNumber({ agency, bookId }, paper(index + 1));
    const { number } = data.entry;
    const body = { copies: 2, reason: 'Đếm sai' };
    const asked = await by.proposeCorrection({ agency, bookId, number }, body);
    const { proposalId } = asked.data.proposal;
    memory.place(by === all ? 'own proposal' : 'proposal', { agency, bookId, proposalId });
  }
}

/** The open book, or the next: one that waits to be closed would never be again. */
async function openBook(officer: PortalClient, agency: string): Promise<string> {
  const { data } = await officer.listBooks({ agency }, { status: 'open', limit: 1 });
  const [open] = data.items;
  if (open) return open.bookId;
  const next = await officer.nextBook({ agency, type: 'SCTDT.BS', year: 2024 });
  const { name, firstNumber } = next.data;
  const days = { openedOn: '2024-05-10', closesOn: '2024-12-31' };
  const opened = await officer.openBook({ agency }, { name, firstNumber, ...days });
  await officer.listBooks({ agency }, {}, { readAfter: opened.position });
  return opened.data.book.bookId;
}

function unlessThere(error: unknown): void {
  if (!(error instanceof PortalProblem) || error.code !== 'AGENCY_EXISTS') throw error;
}
