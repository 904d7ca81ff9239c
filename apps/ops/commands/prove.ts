import type { Audit } from '#audit';
import {
  consistencyText,
  inclusionText,
  statedCheckpoint,
  streamId,
  toBase64,
} from '#audit/proofs';
import type { Config } from '#config';
import { registerStream } from '#domain';
import { found, type Outcome } from '../outcome.ts';
import { wholeNumber } from '../whole-number.ts';
import { withAudit } from './audit.ts';

export interface ProveOptions {
  readonly stream?: string;
  readonly revision?: string;
  readonly agency?: string;
  readonly type: string;
  readonly year?: string;
  readonly number?: string;
  /** Sizes of two checkpoints; the newer is the latest where none is named. */
  readonly older?: string;
  readonly newer?: string;
}

/** A proof to be kept: of an event, of how far a register had come, of one checkpoint continuing another. */
export const prove = (config: Config, options: ProveOptions): Promise<Outcome> =>
  withAudit(config, (audit) =>
    options.older !== undefined
      ? proveConsistency(audit, options)
      : options.stream === undefined
        ? proveNumber(audit, options)
        : proveEvent(audit, options),
  );

async function proveConsistency({ proofs }: Audit, options: ProveOptions): Promise<Outcome> {
  const older = wholeNumber('--older', options.older);
  const { newer } = options;
  const { size, note } = await (newer === undefined
    ? proofs.latest()
    : proofs.checkpoint(wholeNumber('--newer', newer)));
  if (older > size) throw new RangeError(`--older: ${older} events are more than ${size}`);
  const path = await proofs.consistency(older, size);
  const text = consistencyText({ older, path, checkpoint: note });
  return found(true, [text.trimEnd()], {
    older,
    newer: size,
    path: path.map(toBase64),
    proof: text,
  });
}

async function proveEvent(
  { proofs }: Audit,
  { stream = '', revision }: ProveOptions,
): Promise<Outcome> {
  const proof = await proofs.inclusion(stream, wholeNumber('--revision', revision));
  const text = inclusionText(proof);
  const { size } = statedCheckpoint(proof.checkpoint);
  const json = { index: proof.index, size, path: proof.path.map(toBase64), proof: text };
  return found(true, [text.trimEnd()], json);
}

async function proveNumber({ proofs }: Audit, options: ProveOptions): Promise<Outcome> {
  const { agency, type } = options;
  if (agency === undefined)
    throw new RangeError(
      'name an event by --stream and --revision, a number by --agency, --year and --number, or two checkpoints by --older and --newer',
    );
  const year = wholeNumber('--year', options.year);
  const number = wholeNumber('--number', options.number);
  const stream = registerStream({ agency, type, year });
  const { latest, bucket } = await proofs.head(stream);
  const head = bucket.heads.find(({ id }) => id === streamId(stream));
  const last = head?.lastNumber ?? null;
  const isBehind = last === null || number > last;
  const line = isBehind
    ? `${stream}: number ${number} had not been given; the last one was ${last ?? 'none'}`
    : `${stream}: number ${number} is not behind the last one, ${last}`;
  const json = { stream, number, lastNumber: last, statement: latest.heads, ...bucket };
  return found(true, [line, '', latest.heads.trimEnd(), ...bucket.path], json);
}
