import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { bundle, fsck, openAudit, rotateKeys, type Audit, type SigningKeys } from '#audit';
import type { BundleScope } from '#audit/proofs';
import { auditKeysPath, type Config } from '#config';
import { registerStream } from '#domain';
import { alone } from '#event-store';
import { openImageStore, wholeImage } from '#image-store';
import { openReadStore } from '#read-store';
import { found, type Outcome } from '../outcome.ts';
import { createProgress } from '../progress.ts';
import { untilStopped } from '../run.ts';
import { requireRegister, withLog } from '../stores.ts';
import { wholeNumber } from '../whole-number.ts';

/** The sealed log of a register that is there. @throws RangeError */
export const withAudit = <T>(config: Config, work: (audit: Audit) => Promise<T>): Promise<T> =>
  withLog(config, async (eventStore) => {
    const tlog = await openReadStore(config, 'tlog');
    try {
      return await work(
        openAudit({
          config,
          eventStore,
          tlog,
          log: (message) => console.error(message),
          now: () => new Date(),
        }),
      );
    } finally {
      await tlog.close();
    }
  });

const toldKeys = ({ all }: SigningKeys): Outcome => {
  const lines = all.map(({ text, retiredAt }) =>
    retiredAt === null ? text : `${text} (until ${retiredAt})`,
  );
  const json = all.map(({ text, createdAt, retiredAt }) => ({ key: text, createdAt, retiredAt }));
  return found(true, lines, ...json);
};

export const newKey = (config: Config): Promise<Outcome> =>
  withAudit(config, async ({ keys }) => toldKeys(await keys()));

export const showKeys = (config: Config): Promise<Outcome> =>
  withAudit(config, ({ knownKeys }) => {
    const known = knownKeys();
    if (!known) throw new RangeError(`${auditKeysPath(config)}: there is no key yet`);
    return Promise.resolve(toldKeys(known));
  });

export interface RotateOptions {
  readonly retireOlder?: boolean;
}

export async function rotateKey(config: Config, options: RotateOptions): Promise<Outcome> {
  const step = options.retireOlder === true ? 'retire-older' : 'add';
  return toldKeys(await rotateKeys(auditKeysPath(config), new Date(), step));
}

/** Seals the log as it is now. */
export const checkpoint = (config: Config): Promise<Outcome> =>
  withAudit(config, async ({ sealer, attest, proofs }) => {
    const sealed = await sealer.seal();
    if (!sealed) throw new RangeError('the log is empty: there is nothing to seal');
    await attest(sealed, { isAsked: true });
    const latest = await proofs.checkpoint(sealed.size);
    const times = latest.timestamps.map(({ tsa, at }) => `${at}  ${tsa}`);
    return found(true, [latest.note.trimEnd(), ...times], latest);
  });

export interface BundleOptions {
  readonly agency?: string;
  readonly type?: string;
  readonly year?: string;
  readonly images: boolean;
}

/** @throws RangeError */
function scopeOf({ agency, type, year }: BundleOptions): BundleScope {
  const named = year === undefined ? undefined : wholeNumber('--year', year);
  if (type !== undefined) {
    if (agency === undefined || named === undefined)
      throw new RangeError('--type: a register is named by --agency, --type and --year');
    return { kind: 'register', register: registerStream({ agency, type, year: named }) };
  }
  if (agency !== undefined && named !== undefined)
    throw new RangeError('--year: with --agency a register needs its --type, too');
  if (agency !== undefined) return { kind: 'agency', agency };
  return named === undefined ? { kind: 'everything' } : { kind: 'year', year: named };
}

/**
 * Seals the log, and writes the bundle; the file has its name only when it is whole.
 * @throws UnderWay another writes to this very file
 */
export async function writeBundle(
  config: Config,
  path: string,
  options: BundleOptions,
): Promise<Outcome> {
  const scope = scopeOf(options);
  requireRegister(config);
  return alone(path, () => writeAlone(config, path, { scope, withImages: options.images }));
}

async function writeAlone(
  config: Config,
  path: string,
  { scope, withImages }: { readonly scope: BundleScope; readonly withImages: boolean },
): Promise<Outcome> {
  const signal = untilStopped();
  const progress = createProgress();
  const images = withImages ? await openImageStore(config) : undefined;
  const part = `${path}.part`;
  try {
    const key = await withAudit(config, async (audit) => {
      await audit.sealer.seal();
      const lines = bundle({
        ...audit.sources,
        proofs: audit.proofs,
        scope,
        signal,
        images: images && ((sha256) => wholeImage(images, sha256)),
        onProgress: progress.report,
      });
      await writeLines(lines, part);
      return audit.knownKeys()?.all.at(-1)?.text ?? '';
    });
    await rename(part, path);
    progress.stop();
    const line = `${path}: npx so-chung-thuc-verify ${path} --key ${key}`;
    return found(true, [line], { file: path, scope, key });
  } finally {
    progress.stop();
    await rm(part, { force: true });
    await images?.close();
  }
}

async function writeLines(lines: AsyncIterable<string>, path: string): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600 });
  const source = Readable.from(lines);
  if (path.endsWith('.gz.part')) await pipeline(source, createGzip(), file);
  else await pipeline(source, file);
}

export interface FsckOptions {
  readonly anew?: boolean;
}

/** Holds the whole log against what was sealed. Finds a difference when there is one. */
export const check = (config: Config, { anew = false }: FsckOptions): Promise<Outcome> =>
  withAudit(config, async ({ sources, lastSigned, fsckKept, sealed, knownKeys }) => {
    const signal = untilStopped();
    const progress = createProgress();
    try {
      const signing = knownKeys();
      const keys = (signing?.all ?? []).map(({ key }) => key);
      if (anew) await fsckKept.remove();
      const milestones = signing && { kept: fsckKept, signing, now: () => new Date() };
      const result = await fsck({
        ...sources,
        lastSigned,
        keys,
        milestones,
        signal,
        onProgress: progress.report,
      });
      const { seconds } = progress.stop();
      const { before, events, checkpoints, findings } = result;
      const isRight = findings.length === 0;
      // What names an event says most.
      const detail = findings.find((one) => one.startsWith('event ')) ?? findings[0];
      if (detail !== undefined) await sealed.setAlarm({ detail, at: new Date().toISOString() });
      else if (await sealed.alarm()) await sealed.setAlarm(undefined);
      const line = `${events} events and ${checkpoints} checkpoints looked at in ${seconds} s${toldBefore(before)}`;
      const right = `${line}: the log is what was sealed`;
      return found(isRight, isRight ? [right] : [...findings, line], result);
    } finally {
      progress.stop();
    }
  });

const toldBefore = (before: { readonly size: number; readonly at: string } | undefined): string =>
  before === undefined
    ? ''
    : `, the first ${before.size} of them before, up to ${before.at} (--anew looks at all of them)`;
