import { BrokenProof } from './hash.ts';
import { headByProof, openHeads, type BucketProof } from './heads.ts';
import { documentId, numbersByProof, openDocuments, type DocumentNeighbour } from './documents.ts';
import type { SealedEvent } from './leaf.ts';
import type { VerifierKey } from './note.ts';
import { parseInclusion } from './proof-text.ts';
import { verifyInclusion } from './verify-proof.ts';

const FORMAT = 'so-chung-thuc-absence';

/** Whether a number was ever given in a register, to be kept and held against the log's key. */
export interface NumberProof extends BucketProof {
  readonly stream: string;
  readonly number: number;
  /** The signed statement about streams. */
  readonly statement: string;
  /** That the register's first event is in the log, and says where its numbers begin: C2SP tlog-proof. */
  readonly opened: string | null;
}

/** Whether a document was ever given a number in a register. */
export interface DocumentProof {
  readonly stream: string;
  readonly dossier: string;
  /** Which document of the dossier, from 1. */
  readonly document: number;
  /** The signed statement about the register's documents. */
  readonly statement: string;
  readonly neighbours: readonly DocumentNeighbour[];
}

export type AbsenceProof =
  ({ readonly kind: 'number' } & NumberProof) | ({ readonly kind: 'document' } & DocumentProof);

/** What such a proof shows. */
export interface Absence {
  readonly kind: AbsenceProof['kind'];
  readonly origin: string;
  readonly size: number;
  readonly stream: string;
  /** What was asked for: a number, or a dossier and the document in it. */
  readonly asked: string;
  readonly given: boolean;
  /** Of a document: the numbers it was given. */
  readonly numbers: readonly number[];
}

export const absenceText = (proof: AbsenceProof): string =>
  `${JSON.stringify({ format: FORMAT, version: 1, ...proof }, undefined, 1)}\n`;

/** What a file of such a proof begins with. */
export const ABSENCE_HEAD = `{\n "format": "${FORMAT}"`;

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** @throws BrokenProof it is none */
export function parseAbsence(text: string): AbsenceProof {
  let proof: unknown;
  try {
    proof = JSON.parse(text);
  } catch {
    throw new BrokenProof('no proof: it is no JSON, or is cut off');
  }
  if (!isObject(proof) || proof['format'] !== FORMAT || proof['version'] !== 1)
    throw new BrokenProof(`no proof of version 1: its format is ${FORMAT}`);
  if (!isNumberProof(proof) && !isDocumentProof(proof)) throw new BrokenProof('a malformed proof');
  return proof as unknown as AbsenceProof;
}

const hasNames = ({ stream, statement }: Fields): boolean =>
  typeof stream === 'string' && typeof statement === 'string';

const isNumberProof = (proof: Fields): boolean =>
  proof['kind'] === 'number' &&
  hasNames(proof) &&
  Number.isSafeInteger(proof['number']) &&
  isTexts(proof['path']) &&
  Array.isArray(proof['heads']) &&
  proof['heads'].every(isObject) &&
  (proof['opened'] === null || typeof proof['opened'] === 'string');

const isDocumentProof = (proof: Fields): boolean =>
  proof['kind'] === 'document' &&
  hasNames(proof) &&
  typeof proof['dossier'] === 'string' &&
  Number.isSafeInteger(proof['document']) &&
  Array.isArray(proof['neighbours']) &&
  proof['neighbours'].every(isNeighbour);

const isNeighbour = (one: unknown): boolean =>
  isObject(one) &&
  typeof one['id'] === 'string' &&
  Number.isSafeInteger(one['index']) &&
  isTexts(one['path']) &&
  Array.isArray(one['numbers']) &&
  one['numbers'].every((number) => Number.isSafeInteger(number));

/** @throws BrokenProof it does not hold */
export const verifyAbsence = (proof: AbsenceProof, keys: readonly VerifierKey[]): Absence =>
  proof.kind === 'number' ? verifyNumber(proof, keys) : verifyDocument(proof, keys);

function verifyNumber(proof: NumberProof, keys: readonly VerifierKey[]): Absence {
  const { stream, number, statement, heads, path, opened } = proof;
  const { origin, size, ...signed } = openHeads(statement, keys);
  const last = headByProof(stream, { heads, path }, signed)?.lastNumber ?? null;
  const isBehind = last === null || number > last;
  const given = !isBehind && number >= firstNumber(stream, opened, keys);
  return { kind: 'number', origin, size, stream, asked: String(number), given, numbers: [] };
}

/** Where a register's numbers begin, by its first event. @throws BrokenProof */
function firstNumber(stream: string, opened: string | null, keys: readonly VerifierKey[]): number {
  if (opened === null) throw new BrokenProof('the proof does not show where the numbers begin');
  const event = verifyInclusion(parseInclusion(opened), { keys }).event as Partial<SealedEvent>;
  const first = event.type === 'BookOpened' ? event.data?.['firstNumber'] : 1;
  if (event.stream !== stream || event.revision !== 0 || typeof first !== 'number')
    throw new BrokenProof(
      'what is to show where the numbers begin is not the register’s first event',
    );
  return first;
}

function verifyDocument(proof: DocumentProof, keys: readonly VerifierKey[]): Absence {
  const { stream, dossier, document, statement, neighbours } = proof;
  const { origin, size, register, ...signed } = openDocuments(statement, keys);
  if (register !== stream) throw new BrokenProof('the statement is of another register');
  const numbers = numbersByProof(documentId(dossier, document), neighbours, signed);
  const [asked, given] = [`${dossier} / ${document}`, numbers.length > 0];
  return { kind: 'document', origin, size, stream, asked, given, numbers };
}
