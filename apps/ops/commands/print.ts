import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { openAudit } from '#audit';
import { Runners } from '#commands';
import type { Config } from '#config';
import { exportRegister, prepareExport } from '#exports';
import { displayNumber } from '#domain';
import { openImageStore, type ImageStore } from '#image-store';
import { formats, readLayouts, type Format, type Scope } from '#paper';
import { ReadModels } from '#projections';
import { openReadStore } from '#read-store';
import { contextOf } from '../numbering/pause.ts';
import { registerOf, type RegisterOptions } from '../numbering/register-of.ts';
import { operator } from '../operator.ts';
import { found, type Outcome } from '../outcome.ts';
import { createProgress } from '../progress.ts';
import { recordedBy } from '../recorded-by.ts';
import { untilStopped } from '../run.ts';
import { requireRegister, withStores, type OpsStores } from '../stores.ts';
import { wholeNumber } from '../whole-number.ts';

export interface PrintOptions extends RegisterOptions {
  readonly book?: string;
  readonly month?: string;
  readonly revision?: string;
  readonly account?: string;
}

/** @throws RangeError */
function scopeOf({ book, month, year }: PrintOptions): Scope {
  if (book !== undefined && month !== undefined)
    throw new RangeError('--book or --month, not both');
  if (book !== undefined) return { kind: 'book', bookId: book };
  if (month === undefined) return { kind: 'year' };
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || !month.startsWith(`${year}-`))
    throw new RangeError(`--month: a month of ${year}, as ${year}-05`);
  return { kind: 'month', month };
}

/** By the file's ending. @throws RangeError */
function formatOf(file: string): Format {
  const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase();
  const format = formats.find((one) => one === ending);
  if (format) return format;
  throw new RangeError(`the file’s ending says what it is: ${formats.join(', ')}`);
}

/** Prints a register into a file, with a bar, and records it as the service does. */
export async function printToFile(
  config: Config,
  file: string,
  options: PrintOptions,
): Promise<Outcome> {
  const asked = { register: registerOf(options), scope: scopeOf(options), format: formatOf(file) };
  const revision =
    options.revision === undefined ? undefined : wholeNumber('--revision', options.revision);
  const print = { asked: { ...asked, revision }, path: resolve(file) };
  const account = operator(options.account);
  requireRegister(config);
  const tlog = await openReadStore(config, 'tlog');
  const images = await openImageStore(config);
  try {
    return await withStores(config, (stores) =>
      printed(config, { ...stores, tlog, images }, print, account),
    );
  } finally {
    await images.close();
    await tlog.close();
  }
}

interface Print {
  readonly asked: Parameters<typeof prepareExport>[1];
  readonly path: string;
}

type PrintStores = OpsStores & {
  readonly tlog: OpsStores['readStore'];
  readonly images: ImageStore;
};

async function printed(
  config: Config,
  { eventStore, readStore, tlog, images }: PrintStores,
  { asked, path }: Print,
  account: string,
): Promise<Outcome> {
  const clock = await recordedBy(config, eventStore);
  const now = (): Date => clock.now();
  const audit = openAudit({
    config,
    eventStore,
    tlog,
    log: (message) => console.error(message),
    now,
  });
  const sources = {
    ...{ eventStore, audit, runners: new Runners(eventStore, { now }) },
    models: new ReadModels(readStore, eventStore),
    layouts: readLayouts(config.REGISTER_FORMS),
    images,
  };
  const signal = untilStopped();
  const { order, total } = await prepareExport(sources, asked);
  const progress = createProgress('rows');
  const context = contextOf({ account, name: account }, asked.register.agency);
  try {
    const { sha256, rows, pages } = await exportRegister(sources, {
      ...{ exportId: randomBytes(16).toString('hex'), order, path, context, signal },
      format: asked.format,
      onProgress: (done) => progress.report(done, Math.max(total, done)),
    });
    progress.stop();
    const leaves = pages === null ? '' : `, ${displayNumber(pages)} trang`;
    const line = `${path}: ${displayNumber(rows)} dòng${leaves}, phiên bản ${order.revision}, SHA-256 ${sha256}`;
    const json = { file: path, sha256, rows, pages, revision: order.revision };
    return found(true, [line], json);
  } finally {
    progress.stop();
  }
}
