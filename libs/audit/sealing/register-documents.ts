import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { RecordedEvent } from '#event-store';
import {
  documentId,
  documentsText,
  DocumentTree,
  leafHashOf,
  noteText,
  statedCheckpoint,
  streamId,
  TILE_WIDTH,
  tileWidth,
  toBase64,
  type DocumentLeaf,
  type DocumentNeighbour,
  type DocumentProof,
} from '../proofs/index.ts';
import { active, BadKeyFile, type SigningKeys } from './keys.ts';
import type { LogProofs, ProofSources } from './log-proofs.ts';
import { LogContradicts } from './resume.ts';
import type { SealedLog } from './sealed-log.ts';

/** Documents of registers that are kept at hand, all together: some hundred bytes each. */
const MOST_AT_HAND = 500_000;

export interface Documenting extends ProofSources {
  readonly proofs: LogProofs;
  readonly knownKeys: () => SigningKeys | undefined;
}

/** Register and document that are asked about. */
export type AskedDocument = Pick<DocumentProof, 'stream' | 'dossier' | 'document'>;

/** What a register has given numbers to, as far as it was looked at. */
interface DocumentSet {
  /** Of the last event. */
  readonly revision: number;
  readonly numbers: Map<string, number[]>;
  /** In order of id. */
  readonly leaves: readonly DocumentLeaf[];
  readonly tree: DocumentTree;
  readonly seal: SealReader;
}

/**
 * Proofs that a document has a number in a register, or has none. The register is read once, each event
 * held against what was sealed; what comes later is read behind it.
 */
export class RegisterDocuments {
  private readonly sets = new LRUCache<string, DocumentSet>({
    maxSize: MOST_AT_HAND,
    sizeCalculation: ({ leaves }) => leaves.length + 1,
  });
  /** Those that ask about a register while it is read wait for one another. */
  private readonly reading = new Map<string, Promise<DocumentSet>>();

  constructor(private readonly sources: Documenting) {}

  /**
   * @throws NotSealed nothing was sealed yet
   * @throws LogContradicts an event of the register is not the one that was sealed
   * @throws BadKeyFile there is no key to sign with
   */
  async prove(asked: AskedDocument): Promise<DocumentProof> {
    const { stream, dossier, document } = asked;
    const signing = this.sources.knownKeys();
    if (!signing) throw new BadKeyFile('there is no key to sign with');
    const { latest, bucket } = await this.sources.proofs.head(stream);
    const { origin, size, root } = statedCheckpoint(latest.note);
    const revision = bucket.heads.find(({ id }) => id === streamId(stream))?.revision ?? -1;
    const { leaves, tree } = await this.upTo(stream, revision, size);
    const told = { origin, size, root, register: stream, count: leaves.length };
    const text = documentsText({ ...told, documents: tree.root() });
    const statement = noteText({ text, signatures: active(signing).map((key) => key.sign(text)) });
    const neighbours = neighboursOf(documentId(dossier, document), leaves, tree);
    return { stream, dossier, document, statement, neighbours };
  }

  private async upTo(stream: string, revision: number, size: number): Promise<DocumentSet> {
    const under = this.reading.get(stream);
    if (under) await under.catch(() => undefined);
    const known = this.sets.get(stream);
    if (known?.revision === revision) return known;
    // Where another was faster it is asked again.
    const now = this.reading.get(stream);
    if (now) return this.upTo(stream, revision, size);
    const reading = this.read(stream, { known, revision, size }).finally(() =>
      this.reading.delete(stream),
    );
    this.reading.set(stream, reading);
    return reading;
  }

  private async read(
    stream: string,
    { known, revision, size }: { known: DocumentSet | undefined; revision: number; size: number },
  ): Promise<DocumentSet> {
    const { eventStore, sealed } = this.sources;
    // One that was read further, for a checkpoint that came between, is of no use here.
    const before = known && known.revision < revision ? known : undefined;
    const numbers = new Map([...(before?.numbers ?? [])].map(([id, all]) => [id, [...all]]));
    const seal = before?.seal.again(size) ?? new SealReader(sealed, size);
    const from = (before?.revision ?? -1) + 1;
    const limit = revision - from + 1;
    if (limit > 0)
      for await (const event of eventStore.readStream(stream, { from, limit })) {
        const checked = seal.require(event);
        if (checked) await checked;
        take(numbers, event);
      }
    const leaves = [...numbers].map(([id, all]) => ({ id, numbers: all })).sort(byId);
    const set = { revision, numbers, leaves, seal, tree: await DocumentTree.over(leaves, pause) };
    this.sets.set(stream, set);
    return set;
  }
}

const pause = async (): Promise<void> => {
  await nextTurn();
};
const byId = (a: DocumentLeaf, b: DocumentLeaf): number => (a.id < b.id ? -1 : 1);

function take(numbers: Map<string, number[]>, { type, data }: RecordedEvent): void {
  if (type !== 'EntryNumberAssigned') return;
  const id = documentId(data['dossier'] as string, data['document'] as number);
  const given = numbers.get(id);
  if (given) given.push(Number(data['number']));
  else numbers.set(id, [Number(data['number'])]);
}

/** The document's own leaf; or those between which it would stand. */
function neighboursOf(
  id: string,
  leaves: readonly DocumentLeaf[],
  tree: DocumentTree,
): readonly DocumentNeighbour[] {
  let [low, high] = [0, leaves.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((leaves[middle]?.id ?? '') < id) low = middle + 1;
    else high = middle;
  }
  const places = leaves[low]?.id === id ? [low] : [low - 1, low];
  return places.flatMap((index) => {
    const leaf = leaves[index];
    return leaf ? [{ ...leaf, index, path: tree.path(index).map(toBase64) }] : [];
  });
}

/** Holds a stream's events against the sealed leaves, which are in the same order: each tile is read once. */
class SealReader {
  private leaves: ReadonlySet<string> = new Set();
  /** Of the tile that is read next. */
  private next = 0;

  constructor(
    private readonly sealed: SealedLog,
    private readonly size: number,
  ) {}

  /** From the same place on, in a larger tree. */
  again(size: number): SealReader {
    const reader = new SealReader(this.sealed, size);
    // The last tile may have grown.
    reader.next = Math.max(0, this.next - 1);
    return reader;
  }

  /** Undefined where nothing has to be waited for. @throws LogContradicts */
  require(event: RecordedEvent): Promise<void> | undefined {
    const leaf = leafHashOf(event).toString('latin1');
    return this.leaves.has(leaf) ? undefined : this.look(event, leaf);
  }

  private async look({ stream, revision, id }: RecordedEvent, leaf: string): Promise<void> {
    while (this.next * TILE_WIDTH < this.size) {
      const place = { level: 0, index: this.next };
      this.next += 1;
      if (tileWidth(place, this.size) === 0) break;
      const hashes = await this.sealed.tile(place, this.size);
      this.leaves = new Set(hashes.map((hash) => hash.toString('latin1')));
      if (this.leaves.has(leaf)) return;
    }
    throw new LogContradicts(`${stream} ${revision} (${id}) is not an event that was sealed`);
  }
}
