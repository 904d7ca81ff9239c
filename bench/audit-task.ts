import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bundle, fsck, openAudit, type Audit } from '#audit';
import { linesIn, verifyBundle } from '#audit/proofs';
import { streamPrefixes } from '#domain';
import { openSqliteEventStore } from '#event-store';
import { openSqliteReadStore } from '#read-store';
import { median, timed } from './report.ts';

/** One event of so many is proven. */
const PROVEN = 97;

/** Questions about documents of a register that was read. */
const WARM = 200;

const p99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;

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
    for await (const page of linesOf(folder))
      for (const line of page) {
        JSON.parse(line.toString('utf8'));
        createHash('sha256').update(line).digest();
      }
  });
  return { seconds };
}

const bundleIn = (folder: string): string => join(folder, 'bundle.jsonl');
/** As the verifier reads them. */
const linesOf = (folder: string): AsyncIterable<readonly Buffer[]> =>
  linesIn(createReadStream(bundleIn(folder), { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>);

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

/**
 * Proofs of events all over the log, one after another; seconds of the slowest of a hundred. Where others
 * use the machine the processor's time says more: `cpu`.
 */
const prove = (folder: string): Promise<Found> =>
  withAudit(folder, async ({ proofs, documents, sources }) => {
    const asked: { stream: string; revision: number }[] = [];
    let seen = 0;
    for await (const { stream, revision } of sources.eventStore.readAll({
      prefixes: streamPrefixes,
    })) {
      seen += 1;
      if (seen % PROVEN === 0) asked.push({ stream, revision });
    }
    // The first starts a thread.
    await proofs.latest();
    const [took, used]: [number[], number[]] = [[], []];
    for (const { stream, revision } of asked) {
      const before = process.cpuUsage();
      took.push(await timed(() => proofs.inclusion(stream, revision)));
      const { user, system } = process.cpuUsage(before);
      used.push((user + system) / 1e6);
    }
    const absent = await timed(async () => {
      for (const { stream } of asked) await proofs.head(stream);
    });
    const register = asked.find(({ stream }) => stream.startsWith('register-'))?.stream ?? '';
    const ask = (dossier: string) => documents.prove({ stream: register, dossier, document: 1 });
    const cold = await timed(() => ask('none'));
    const warm = await timed(async () => {
      for (let i = 0; i < WARM; i += 1) await ask(`none-${i}`);
    });
    const more = { absent: absent / asked.length, cold, warm: warm / WARM };
    return { seconds: p99(took), more: { ...more, median: median(took), cpu: p99(used) } };
  });

export const auditTasks = { hashLog, hashBundle, seal, check, writeBundle, verify, prove };
