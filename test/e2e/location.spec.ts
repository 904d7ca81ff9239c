import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '#client';
import { documentOf, type OpenApi } from '../fuzz/document.ts';
import { backends } from '../support/backends.ts';
import { seal, signature } from '../support/draw/index.ts';
import { guideBook, openOffice, paper, picture, type Office } from '../support/office.ts';

const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
const { operations } = documentOf(JSON.parse(await readFile(file, 'utf8')) as OpenApi);
const [embedded] = backends;
let office: Office;
/** Where the last of them stands in the log: the next one sees it. */
let readAfter: string | null = null;

beforeAll(async () => {
  if (!embedded) throw new Error('no backend');
  office = await openOffice(embedded);
});
afterAll(() => office.dispose());

const signer = { signerFullName: 'Nguyễn Văn An', signerTitle: 'Phó Chủ tịch UBND' };
const mandate = {
  mandateKind: 'assignment',
  holderFullName: signer.signerFullName,
  holderTitle: signer.signerTitle,
  mandateIssuer: 'Chủ tịch UBND xã Thượng Minh',
  mandateNumber: '15/QĐ-UBND',
  issuedOn: '2024-05-10',
  validFrom: '2024-05-10',
} as const;
const day = { ...guideBook, closesOn: '2024-12-31' };

async function firstBook(agency: string): Promise<{ agency: string; bookId: string }> {
  const { portal } = await office.as('receiving-officer');
  const { items } = (await portal.listBooks({ agency }, {}, { readAfter })).data;
  return { agency, bookId: items[0]?.bookId ?? '' };
}

/** How each operation that makes something is called, once, and by whom. */
const makers: Readonly<Record<string, (agency: string) => Promise<Answer<unknown>>>> = {
  registerAgency: async (code) => {
    const { portal } = await office.as('operator', { agencies: ['*'] });
    return portal.registerAgency({ code, name: 'UBND xã Thượng Minh', level: 'commune' });
  },
  openBook: async (agency) =>
    (await office.as('receiving-officer')).portal.openBook({ agency }, day),
  assignEntryNumber: async (agency) => {
    const { portal } = await office.as('receiving-officer');
    return portal.assignEntryNumber(await firstBook(agency), paper());
  },
  registerSignature: async (agency) => {
    const { portal } = await office.as('certifier');
    const image = picture(await signature());
    return portal.registerSignature({ agency }, { name: 'Chữ ký', ...signer, image });
  },
  registerSeal: async (agency) => {
    const { portal } = await office.as('clerk');
    return portal.registerSeal({ agency }, { name: 'Con dấu', image: picture(await seal()) });
  },
  recordMandate: async (agency) => {
    const { portal } = await office.as('clerk');
    return portal.recordMandate({ agency }, mandate);
  },
  receiveDossier: async (agency) => {
    const { portal } = await office.as('receiving-officer');
    return portal.receiveDossier({ agency }, { dossier: 'H03/24 – 1', documents: 1 });
  },
  // Of an agency that wants two accounts, with a book and a number by now.
  proposeCorrection: async (agency) => {
    const operator = (await office.as('operator', { agencies: ['*'] })).portal;
    await operator.editAgency({ agency }, { fourEyes: true, reason: 'Quy chế làm việc' });
    const correction = { requester: 'Lê Thị Cúc Anh', reason: 'Ghi sai họ tên' };
    const { portal } = await office.as('receiving-officer');
    return portal.proposeCorrection({ ...(await firstBook(agency)), number: 1 }, correction);
  },
  proposeClosing: async (agency) => {
    const { portal } = await office.as('receiving-officer');
    const confirmed = {
      confirmedByFullName: 'Nguyễn Văn An',
      confirmedByTitle: 'Phó Chủ tịch UBND',
    };
    return portal.proposeClosing(await firstBook(agency), confirmed);
  },
};

describe('what makes something', () => {
  it('is known here, whatever operation of the document it is', () => {
    const making = operations.filter(({ responses }) => '201' in responses);
    expect(making.map(({ id }) => id).sort()).toEqual(Object.keys(makers).sort());
  });

  it.each(Object.keys(makers))('answers %s with where it is, and there it is', async (id) => {
    const made = await makers[id]?.(office.agency);
    expect(made?.status).toBe(201);
    readAfter = made?.position ?? null;
    const { location } = Object.fromEntries(made?.headers ?? []);
    const role = id === 'registerAgency' ? 'operator' : 'auditor';
    const reader = await office.as(role, { agencies: [office.agency] });
    const headers = { 'read-after': readAfter ?? '' };
    const found = await reader.get(String(location), { headers });
    expect(found.status).toBe(200);
  });
});
