import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bundle, fsck, openAudit, type Audit } from '#audit';
import { verifyBundle } from '#audit/proofs';
import { streamPrefixes } from '#domain';
import { openSqliteEventStore } from '#event-store';
import { openSqliteReadStore } from '#read-store';
import { timed } from './report.ts';

const PROOFS = 2000;

type Found = { readonly seconds: number; readonly more?: Readonly<Record<string, number>> };

async function withAudit<T>(folder: string, work: (audit: Audit) => Promise<T>): Promise<T> {
  const eventStore = openSqliteEventStore(join(folder, 'events.db'));
  const tlog = openSqliteReadStore(join(folder, 'tlog.db'));
  const config = {
    DATA_DIR: folder,
    AUDIT_KEYS: undefined,
    AUDIT_ORIGIN: undefined,
    AUDIT_POLICY: undefined,
    AUDIT_TSA: [],
    AUDIT_TSA_CERTS: undefined,
    AUDIT_TSA_SECONDS: 3600,
  };
  const common = { log: () => undefined, now: () => new Date() };
  try {
    return await work(openAudit({ config, eventStore, tlog, ...common }));
  } finally {
    await Promise.all([eventStore.close(), tlog.close()]);
  }
}

/** The raw limit of verifying: every event read, its text hashed once. */
async function hashLog(folder: string): Promise<Found> {
  const eventStore = openSqliteEventStore(join(folder, 'events.db'));
  let events = 0;
  const seconds = await timed(async () => {
    for await (const page of eventStore.readPages({ prefixes: streamPrefixes })) {
      for (const event of page) createHash('sha256').update(JSON.stringify(event)).digest();
      events += page.length;
    }
  });
  await eventStore.close();
  return { seconds, more: { events } };
}

/** The same of a bundle: every line read, parsed, and hashed once. */
async function hashBundle(folder: string): Promise<Found> {
  const seconds = await timed(async () => {
    for await (const line of linesOf(folder)) {
      JSON.parse(line);
      createHash('sha256').update(line).digest();
    }
  });
  return { seconds };
}

const bundleIn = (folder: string): string => join(folder, 'bundle.jsonl');
const linesOf = (folder: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(bundleIn(folder)), crlfDelay: Infinity });

/** Seals the whole log from nothing, or what there is behind the last checkpoint. */
const seal = (folder: string): Promise<Found> =>
  withAudit(folder, async ({ sealer }) => ({ seconds: await timed(() => sealer.seal()) }));

const check = (folder: string): Promise<Found> =>
  withAudit(folder, async ({ sources, lastSigned, knownKeys }) => {
    const keys = (knownKeys()?.all ?? []).map(({ key }) => key);
    const seconds = await timed(async () => {
      const { findings } = await fsck({ ...sources, lastSigned, keys });
      if (findings.length > 0) throw new Error(findings[0]);
    });
    return { seconds };
  });

const writeBundle = (folder: string): Promise<Found> =>
  withAudit(folder, async ({ sources, proofs }) => {
    const lines = bundle({ ...sources, proofs, scope: { kind: 'everything' } });
    const seconds = await timed(() =>
      pipeline(Readable.from(lines), createWriteStream(bundleIn(folder))),
    );
    return { seconds };
  });

const verify = (folder: string): Promise<Found> =>
  withAudit(folder, async ({ knownKeys }) => {
    const keys = (knownKeys()?.all ?? []).map(({ key }) => key);
    const seconds = await timed(async () => {
      const { isWhole, findings } = await verifyBundle(() => linesOf(folder), { keys });
      if (!isWhole) throw new Error(JSON.stringify(findings[0]));
    });
    return { seconds };
  });

/** Proofs of events all over the log, one after another; seconds of the slowest of a hundred. */
const prove = (folder: string): Promise<Found> =>
  withAudit(folder, async ({ proofs, sources }) => {
    const asked: { stream: string; revision: number }[] = [];
    let seen = 0;
    for await (const { stream, revision } of sources.eventStore.readAll({
      prefixes: streamPrefixes,
    })) {
      seen += 1;
      if (seen % 97 === 0 && asked.length < PROOFS) asked.push({ stream, revision });
    }
    // The first starts a thread.
    await proofs.latest();
    const took: number[] = [];
    for (const { stream, revision } of asked)
      took.push(await timed(() => proofs.inclusion(stream, revision)));
    const absent = await timed(async () => {
      for (const { stream } of asked) await proofs.head(stream);
    });
    took.sort((a, b) => a - b);
    const p99 = took[Math.floor(took.length * 0.99)] ?? Number.NaN;
    return { seconds: p99, more: { absent: absent / asked.length } };
  });

export const auditTasks = { hashLog, hashBundle, seal, check, writeBundle, verify, prove };
