import { UnderWay } from './http/doors/overload.ts';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createVerifier } from '#access';
import { createAccessLog } from '#audit';
import { createClock, loadConfig } from '#config';
import { Copies } from '#paper';
import { createMetrics, Outages, scrapeOf } from '#telemetry';
import { createApp, openReplays } from './app.ts';
import { asyncApi, eventSchemaDocument } from './feed/asyncapi.ts';
import { auditOf } from './audit/audit-of.ts';
import { describeApi } from './openapi.ts';
import { servicesOf } from './http/watching/services.ts';
import { closeStores, openStores, probesOf } from './stores.ts';

/** Each document by its file. */
type Documents = Readonly<Record<string, object>>;

/** Writes the documents; with `--check` says whether they are what the code describes. */
async function settle(documents: Documents, check: boolean): Promise<number> {
  let stale = 0;
  for (const [file, document] of Object.entries(documents)) {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (!check) await writeFile(file, text);
    else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
      console.error(`${file} is stale: run npm run generate`);
      stale += 1;
    }
  }
  return stale === 0 ? 0 : 1;
}

async function main(check: boolean): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  const config = loadConfig({ DATA_DIR: folder });
  const stores = await openStores(config, () => undefined);
  const log = pino({ level: 'silent' });
  const accessLog = createAccessLog({ store: stores.access, log: () => undefined });
  const metrics = createMetrics(() => Promise.resolve());
  const replays = openReplays(config);
  const copies = new Copies();
  const verify = await createVerifier(config);
  const underWay = new UnderWay(config.MOST_AT_ONCE);
  const outages = new Outages(log, servicesOf(probesOf(stores, verify, () => underWay.isFull())));
  const scrape = scrapeOf(metrics.registry);
  const recordedBy = createClock(config);
  const audit = auditOf(config, stores, (level, message, detail) => log[level](detail, message));
  const instruments = {
    log,
    accessLog,
    metrics,
    scrape,
    replays,
    copies,
    verify,
    outages,
    recordedBy,
    audit,
    underWay,
  };
  const app = await createApp(config, stores, instruments);
  const documents = {
    'docs/openapi.json': describeApi(app),
    'docs/asyncapi.json': asyncApi,
    'docs/events.schema.json': eventSchemaDocument,
  };
  await app.close();
  await replays.close();
  await copies.close();
  await accessLog.close();
  await closeStores(stores);
  await rm(folder, { recursive: true });
  return settle(documents, check);
}

process.exitCode = await main(process.argv.includes('--check'));
