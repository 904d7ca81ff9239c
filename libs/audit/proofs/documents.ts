import canonicalize from 'canonicalize';
import { documentKey } from '#domain';
import { countOf } from './checkpoint.ts';
import {
  BrokenProof,
  emptyRoot,
  hashOf,
  leafHash,
  nodeHash,
  sha256,
  toBase64,
  type Hash,
} from './hash.ts';
import { parseNote, signersOf, type VerifierKey } from './note.ts';
import { rootByPath } from './tree.ts';

/**
 * Which documents a register has given numbers to, as a tree as of RFC 6962 whose leaves are in order of
 * the documents' ids: two neighbours show that nothing stands between them. Its root follows from the
 * register's events alone; the log signs it for who asks.
 */
export interface DocumentLeaf {
  /** SHA-256 of the document's key within its register, in hex. */
  readonly id: string;
  /** All it has been given, oldest first: one whose number was voided may be given another. */
  readonly numbers: readonly number[];
}

/** @param dossier as it was typed: what nobody sees of it does not count */
export const documentId = (dossier: string, document: number): string =>
  sha256(documentKey(dossier, document)).toString('hex');

/** The leaf is the canonical JSON (RFC 8785) of `[id, numbers]`. */
export const documentLeafHash = ({ id, numbers }: DocumentLeaf): Hash =>
  leafHash(Buffer.from(canonicalize([id, numbers]) as string, 'utf8'));

/** What a log signs of a register's documents. */
export interface DocumentsStatement {
  readonly origin: string;
  /** Of the checkpoint, and its root. */
  readonly size: number;
  readonly root: Hash;
  /** The register's stream. */
  readonly register: string;
  /** How many documents, and the root over them. */
  readonly count: number;
  readonly documents: Hash;
}

/** Its first line tells it from whatever else the same keys sign. */
const SUFFIX = '/documents';

export const documentsText = (told: DocumentsStatement): string =>
  [
    `${told.origin}${SUFFIX}`,
    told.size,
    toBase64(told.root),
    told.register,
    told.count,
    `${toBase64(told.documents)}\n`,
  ].join('\n');

/** @throws BrokenProof it is none, or none of the keys signed it */
export function openDocuments(note: string, keys: readonly VerifierKey[]): DocumentsStatement {
  const parsed = parseNote(note);
  const [first = '', size = '', root = '', register = '', ...rest] = parsed.text.split('\n');
  const [count = '', documents = '', end] = rest;
  if (!first.endsWith(SUFFIX) || rest.length !== 3 || end !== '')
    throw new BrokenProof('no statement about documents');
  const origin = first.slice(0, -SUFFIX.length);
  const signers = signersOf(parsed, keys);
  if (signers.length === 0 || signers.some(({ key }) => key.name !== origin))
    throw new BrokenProof('none of the known keys signed the statement about documents');
  const told = { origin, size: countOf(size), root: hashOf(root), register };
  return { ...told, count: countOf(count), documents: hashOf(documents) };
}

/** A leaf and its audit path. */
export interface DocumentNeighbour extends DocumentLeaf {
  readonly index: number;
  readonly path: readonly string[];
}

/**
 * The numbers of a document by a proof; none where its neighbours stand side by side without it.
 * @param neighbours the document's own leaf; or those before and behind its place, one at either end,
 *   none where the register has given no number
 * @throws BrokenProof
 */
export function numbersByProof(
  id: string,
  neighbours: readonly DocumentNeighbour[],
  { count, documents }: Pick<DocumentsStatement, 'count' | 'documents'>,
): readonly number[] {
  for (const { index, path, ...leaf } of neighbours) {
    const place = { index, size: count, path: path.map(hashOf) };
    if (!rootByPath(documentLeafHash(leaf), place).equals(documents))
      throw new BrokenProof(`document ${leaf.id} is not in what was signed`);
  }
  const own = neighbours.find((one) => one.id === id);
  if (own) return own.numbers;
  const before = neighbours.filter((one) => one.id < id);
  const behind = neighbours.filter((one) => one.id > id);
  const [last, next] = [before[0]?.index ?? -1, behind[0]?.index ?? count];
  if (before.length > 1 || behind.length > 1 || next !== last + 1)
    throw new BrokenProof('the neighbours do not stand side by side: something is left out');
  if (count === 0 && !documents.equals(emptyRoot))
    throw new BrokenProof('no documents, and a root over some');
  return [];
}

/** The levels of a tree over hashes, from the leaves up: RFC 6962 section 2.1 from below. */
export class DocumentTree {
  /** Hashes of a level, one behind the other. */
  private readonly levels: Buffer[] = [];

  /** @param pause awaited now and then: many leaves take long */
  static async over(
    leaves: readonly DocumentLeaf[],
    pause: () => Promise<void>,
  ): Promise<DocumentTree> {
    const tree = new DocumentTree();
    const hashes = Buffer.alloc(leaves.length * BYTES);
    for (const [i, leaf] of leaves.entries()) {
      documentLeafHash(leaf).copy(hashes, i * BYTES);
      if (i % TOGETHER === 0) await pause();
    }
    tree.levels.push(hashes);
    for (let level: Buffer = hashes; level.length > BYTES; level = tree.levels.at(-1) as Buffer) {
      tree.levels.push(above(level));
      await pause();
    }
    return tree;
  }

  root(): Hash {
    const top = this.levels.at(-1) as Buffer;
    return top.length === 0 ? emptyRoot : top;
  }

  /** Audit path of a leaf: RFC 6962 section 2.1.1. */
  path(index: number): readonly Hash[] {
    const path: Hash[] = [];
    let at = index;
    for (const level of this.levels) {
      const sibling = hashAt(level, at ^ 1);
      // At the right edge a node may have none, and stands for itself above.
      if (sibling.length > 0) path.push(sibling);
      at = Math.floor(at / 2);
    }
    return path;
  }
}

const BYTES = 32;
/** Leaves hashed between two pauses. */
const TOGETHER = 4096;

const hashAt = (level: Buffer, index: number): Hash =>
  level.subarray(index * BYTES, (index + 1) * BYTES);

function above(level: Buffer): Buffer {
  const count = level.length / BYTES;
  const made = Buffer.alloc(Math.ceil(count / 2) * BYTES);
  for (let i = 0; i < count; i += 2) {
    const left = hashAt(level, i);
    const node = i + 1 < count ? nodeHash(left, hashAt(level, i + 1)) : left;
    node.copy(made, (i / 2) * BYTES);
  }
  return made;
}
