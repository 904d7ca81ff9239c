import { describe, expect, it } from '@jest/globals';
import { vi } from '../words/vi.ts';
import { documentOf, emptyCommon, faultsIn, newLine, signerKey, withLine } from './assign-draft.ts';

const common = {
  ...emptyCommon('2024-05-10', '', ''),
  dossier: ' H03-1 ',
  requester: 'Lê Thị Cúc',
  certifierFullName: 'Nguyễn Văn An',
  certifierTitle: 'Phó Chủ tịch UBND',
};
const rules = { words: vi, fees: new Map<number, number | null>() };
const line = { ...newLine(2), documentTitle: 'Giấy khai sinh', copies: '3', fee: '20.000' };

describe('a document of a dossier', () => {
  it('is sent as the service takes it: whole numbers, ISO days, nothing that was left empty', () =>
    expect(documentOf(common, line, null)).toEqual({
      dossier: 'H03-1',
      document: 2,
      requester: 'Lê Thị Cúc',
      documentTitle: 'Giấy khai sinh',
      certifiedOn: '2024-05-10',
      copies: 3,
      fee: 20000,
      certifierFullName: 'Nguyễn Văn An',
      certifierTitle: 'Phó Chủ tịch UBND',
      authority: null,
    }));

  it('may have copies and fee with dots between thousands', () =>
    expect(documentOf(common, { ...line, copies: '1.000', fee: '2.000.000' }, null)).toMatchObject({
      copies: 1000,
      fee: 2_000_000,
    }));

  it('comes back into its place when its removal is taken back, unless another has its number', () => {
    expect(withLine([newLine(1), newLine(3)], line)).toEqual([newLine(1), line, newLine(3)]);
    expect(withLine([newLine(2)], line)).toEqual([newLine(2)]);
  });

  it('has the fee of the tariff where none was typed', () =>
    expect(documentOf(common, { ...line, fee: '', pages: '2' }, 12000)).toMatchObject({
      fee: 12000,
      pages: 2,
    }));

  it('is signed by the picture that was chosen, and sealed', () => {
    const signed = { ...common, signer: signerKey('an.nguyen', 'id-1'), seal: 'id-2' };
    expect(documentOf(signed, line, null)).toMatchObject({
      signature: { account: 'an.nguyen', id: 'id-1' },
      seal: { id: 'id-2' },
    });
  });
});

describe('what is wrong with a dossier', () => {
  it('is nothing where all is there', () => expect(faultsIn(common, [line], rules)).toEqual({}));

  it('is told field by field, of a document by its number', () => {
    const lines = [{ ...newLine(1), copies: 'hai', pages: '1,5', fee: 'x' }];
    const bare = { ...emptyCommon('2024-05-10', '', ''), certifiedOn: '31/02/2024' };
    expect(Object.keys(faultsIn(bare, lines, rules)).sort()).toEqual([
      '1/copies',
      '1/documentTitle',
      '1/fee',
      '1/pages',
      'certifiedOn',
      'certifierFullName',
      'dossier',
      'requester',
    ]);
  });

  it('is a fee that neither anybody typed nor a tariff knows', () => {
    const unpaid = { ...line, fee: '' };
    expect(Object.keys(faultsIn(common, [unpaid], rules))).toEqual(['2/fee']);
    const fees = new Map([[2, 4000]]);
    expect(faultsIn(common, [unpaid], { ...rules, fees })).toEqual({});
  });

  it('is not asked of a document that has its number', () => {
    const entry = {} as NonNullable<
      NonNullable<(typeof line & { answer: never })['answer']>['entry']
    >;
    const numbered = { ...newLine(1), answer: { status: 201, entry, problem: null } };
    expect(faultsIn(common, [numbered], rules)).toEqual({});
  });
});
