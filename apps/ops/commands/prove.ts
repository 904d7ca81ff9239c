import { proveNumber, type Audit } from '#audit';
import {
  absenceText,
  consistencyText,
  inclusionText,
  statedCheckpoint,
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
  readonly dossier?: string;
  readonly document?: string;
  /** Sizes of two checkpoints; the newer is the latest where none is named. */
  readonly older?: string;
  readonly newer?: string;
}

/** A proof to be kept: of an event, of a number or a document that was given or not, of one checkpoint continuing another. */
export const prove = (config: Config, options: ProveOptions): Promise<Outcome> =>
  withAudit(config, (audit) => proofOf(options)(audit, options));

function proofOf({ older, stream, dossier }: ProveOptions) {
  if (older !== undefined) return proveConsistency;
  if (stream !== undefined) return proveEvent;
  return dossier === undefined ? proveGiven : proveDocument;
}

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

/** @throws RangeError */
function registerIn({ agency, type, year }: ProveOptions): string {
  if (agency === undefined)
    throw new RangeError(
      'name an event by --stream and --revision, a number by --agency, --year and --number, a document by --agency, --year, --dossier and --document, or two checkpoints by --older and --newer',
    );
  return registerStream({ agency, type, year: wholeNumber('--year', year) });
}

async function proveGiven({ proofs }: Audit, options: ProveOptions): Promise<Outcome> {
  const stream = registerIn(options);
  const number = wholeNumber('--number', options.number);
  const { proof, ...at } = await proveNumber(proofs, stream, number);
  const text = absenceText({ kind: 'number', ...proof });
  return found(true, [text.trimEnd()], { ...proof, ...at, proof: text });
}

async function proveDocument({ documents }: Audit, options: ProveOptions): Promise<Outcome> {
  const stream = registerIn(options);
  const { dossier = '' } = options;
  const document = wholeNumber('--document', options.document);
  const proof = await documents.prove({ stream, dossier, document });
  const text = absenceText({ kind: 'document', ...proof });
  return found(true, [text.trimEnd()], { ...proof, proof: text });
}
