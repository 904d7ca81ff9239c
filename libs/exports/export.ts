import { rm } from 'node:fs/promises';
import type { CommandContext } from '#commands';
import { exportsStream, type ExportData } from '#domain';
import { printRegister, rowsOf, type Format, type PrintOrder } from '#paper';
import { registerEntries } from '#projections';
import type { Page, Query } from '#read-store';
import type { ExportSources } from './prepare.ts';

export interface Exporting {
  readonly exportId: string;
  readonly order: PrintOrder;
  readonly format: Format;
  /** Of the file, which is there only when it is whole and recorded. */
  readonly path: string;
  /** Who prints, as it is recorded. */
  readonly context: CommandContext;
  readonly signal: AbortSignal;
  readonly onProgress: (rows: number) => void;
  /** How pages of rows are read; by default at once. */
  readonly find?: (query: Query) => Promise<Page>;
}

/** Other bytes are known under the request's key than those just printed, which stay with nobody. */
export class PrintedOtherwise extends Error {
  override readonly name = 'PrintedOtherwise';
}

/**
 * Prints what was ordered, then records the file by its hash: none goes out that is not known.
 * @throws PrintFailed @throws the signal's reason: nothing was recorded @throws PrintedOtherwise
 */
export async function exportRegister(
  { runners, models }: Pick<ExportSources, 'runners' | 'models'>,
  { exportId, order, format, path, context, signal, onProgress, ...given }: Exporting,
): Promise<ExportData> {
  const { find = (query: Query) => models.find(registerEntries, query, signal) } = given;
  const rows = rowsOf(find, order);
  const printed = await printRegister({ path, format, order, rows, signal, onProgress });
  const { register, scope, revision, agency, checkpoint, since } = order;
  const exported: ExportData = {
    exportId,
    registerType: register.type,
    year: register.year,
    scope: scope.kind,
    exportedBook: scope.kind === 'book' ? scope.bookId : null,
    month: scope.kind === 'month' ? scope.month : null,
    format,
    registerRevision: revision,
    agencyName: agency.name,
    checkpoint,
    since,
    ...printed,
  };
  const command = { type: 'RecordExport', exported } as const;
  const stream = exportsStream(register.agency);
  const { events } = await runners.exports.execute(stream, { command, context });
  const known = events[0]?.data;
  if (known?.sha256 !== printed.sha256) {
    await rm(path, { force: true });
    throw new PrintedOtherwise(`${exportId}: ${known?.sha256} is known, not ${printed.sha256}`);
  }
  return known;
}
