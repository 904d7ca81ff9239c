import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import type { CommandContext } from '#commands';
import { exportsStream, isToldAlike, printedBefore, type ExportData } from '#domain';
import { asPrinted, printRegister, rowsOf, type Format, type PrintOrder } from '#paper';
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

type Sources = Pick<ExportSources, 'runners' | 'models'>;

/**
 * Prints what was ordered, then records the file by its hash, and gives it its name only then: none
 * goes out that is not known.
 * @throws PrintFailed @throws the signal's reason: nothing was recorded @throws PrintedOtherwise
 */
export async function exportRegister(sources: Sources, exporting: Exporting): Promise<ExportData> {
  // Of this print alone: one that was called off may still be leaving.
  const unrecorded = `${exporting.path}.${randomBytes(4).toString('hex')}`;
  try {
    const recorded = await record(sources, { ...exporting, path: unrecorded });
    await rename(unrecorded, exporting.path);
    return recorded;
  } finally {
    await rm(unrecorded, { force: true });
  }
}

/** Where the same was printed meanwhile, and says otherwise, it is printed again as that was. */
async function record({ runners, models }: Sources, exporting: Exporting): Promise<ExportData> {
  const { exportId, context } = exporting;
  const stream = exportsStream(exporting.order.register.agency);
  let { order } = exporting;
  for (;;) {
    const exported = await printed(models, { ...exporting, order });
    const command = { type: 'RecordExport', exported } as const;
    const { events, state } = await runners.exports.execute(stream, { command, context });
    const [recorded] = events;
    if (recorded?.data.sha256 === exported.sha256) return recorded.data;
    const known = recorded?.data ?? printedBefore(state, exported);
    if (!known || isToldAlike(known, exported))
      throw new PrintedOtherwise(`${exportId}: ${known?.sha256} is known, not ${exported.sha256}`);
    order = asPrinted(order, known);
  }
}

async function printed(
  models: ExportSources['models'],
  { exportId, order, format, path, signal, onProgress, ...given }: Exporting,
): Promise<ExportData> {
  const { find = (query: Query) => models.find(registerEntries, query, signal) } = given;
  const rows = rowsOf(find, order);
  const { register, scope, revision, agency, checkpoint, since } = order;
  return {
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
    ...(await printRegister({ path, format, order, rows, signal, onProgress })),
  };
}
