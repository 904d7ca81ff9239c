import { describe, it } from '@jest/globals';
import { specFor } from '../../../test/support/given.ts';
import {
  decideExports,
  noExports,
  recallExport,
  type ExportData,
  type RecordExport,
} from './exports.ts';

const { given, played } = specFor({
  initial: noExports,
  evolve: recallExport,
  decide: decideExports,
});

const record = (exportId: string, said: Partial<ExportData> = {}): RecordExport => ({
  type: 'RecordExport',
  exported: {
    ...({ exportId, registerType: 'SCTDT.BS', year: 2024, scope: 'year' } as const),
    ...({ exportedBook: null, month: null, format: 'pdf', registerRevision: 8 } as const),
    ...{ agencyName: 'UBND xã Ba Bể', checkpoint: null, since: null },
    ...{ sha256: 'a'.repeat(64), bytes: 94_771, rows: 2, pages: 3 },
    ...said,
  },
});
const checkpoint = { origin: 'example.vn/so', size: 40, root: 'CsUYapGG' };

describe('the prints that are out', () => {
  it('are recorded once each, and again under another id', () => {
    given(...played(record('e-1')))
      .when(record('e-1'))
      .thenNothing();
    given(...played(record('e-1')))
      .when(record('e-2'))
      .thenTypes('RegisterExported');
  });

  it('say the same of the same moment in the same format', () => {
    for (const said of [
      { checkpoint },
      { agencyName: 'UBND xã Khác' },
      { since: { revision: 7, text: 'khi khóa sổ ngày 10/05/2024' } },
    ])
      given(...played(record('e-1')))
        .when(record('e-2', said))
        .thenNothing();
  });

  it('say what they will of another moment, another thing, or in another format', () => {
    for (const other of [
      { registerRevision: 9 },
      { month: '2024-05' },
      { exportedBook: 'book-1' },
      { year: 2023 },
      { format: 'csv' },
    ] as const)
      given(...played(record('e-1')))
        .when(record('e-2', { checkpoint, ...other }))
        .thenTypes('RegisterExported');
  });
});
