import type { ReadStore } from '#read-store';
import { collection, padded, raise } from './kept.ts';

const cosignatures = collection('tlog_cosignatures', ['size'], ['witness', 'size']);
const timestamps = collection('tlog_timestamps', ['size'], ['authority', 'size']);
const COSIGNED = 'tlog:cosigned';
const STAMPED = 'tlog:stamped';
/** More than there are witnesses or authorities. */
const MOST = 100;

/** An authority's time on a checkpoint: RFC 3161. */
export interface KeptTimestamp {
  /** Of the checkpoint. */
  readonly size: number;
  /** Its address. */
  readonly authority: string;
  /** Subject of its certificate. */
  readonly tsa: string;
  /** By its clock, ISO 8601 UTC. */
  readonly at: string;
  /** By the clock of the machine. */
  readonly keptAt: string;
  /** TimeStampToken, DER in base64. */
  readonly token: string;
}

/** What others have signed of checkpoints: witnesses that they continue, authorities when they were there. */
export class Attestations {
  private ready = false;

  constructor(private readonly store: ReadStore) {}

  private async ensure(): Promise<void> {
    if (!this.ready) for (const one of [cosignatures, timestamps]) await this.store.ensure(one);
    this.ready = true;
  }

  /** Signature lines of witnesses under a checkpoint. */
  async cosignatures(size: number): Promise<readonly string[]> {
    // Where there are none at all, as without witnesses, nothing is looked for.
    if (!(await this.store.readRecord(COSIGNED))) return [];
    const { items } = await this.store.find(cosignatures, { filter: { size }, limit: MOST });
    return items.map(({ doc }) => (doc as { readonly line: string }).line);
  }

  async putCosignature(size: number, witness: string, line: string): Promise<void> {
    const id = `${padded(size)}/${witness}`;
    await this.ensure();
    await raise(this.store, COSIGNED, { size });
    const doc = { size, witness, line };
    await this.store.put(cosignatures, [{ id, position: padded(size), doc }]);
  }

  /** Size of the last checkpoint that a witness has cosigned; 0 before the first. */
  async lastCosigned(witness: string): Promise<number> {
    const sort = [{ field: 'size', descending: true }];
    const query = { filter: { witness }, sort, limit: 1 };
    const { items } = await this.store.find(cosignatures, query);
    return Number(items[0]?.doc['size'] ?? 0);
  }

  /** Timestamps on a checkpoint. */
  async timestamps(size: number): Promise<readonly KeptTimestamp[]> {
    if (!(await this.store.readRecord(STAMPED))) return [];
    const { items } = await this.store.find(timestamps, { filter: { size }, limit: MOST });
    return items.map(({ doc }) => doc as unknown as KeptTimestamp);
  }

  async putTimestamp(kept: KeptTimestamp): Promise<void> {
    const { size, authority } = kept;
    await this.ensure();
    await raise(this.store, STAMPED, { size });
    const id = `${padded(size)}/${authority}`;
    await this.store.put(timestamps, [{ id, position: padded(size), doc: { ...kept } }]);
  }

  /** The last timestamp of an authority. */
  async lastStamped(authority: string): Promise<KeptTimestamp | undefined> {
    const sort = [{ field: 'size', descending: true }];
    const query = { filter: { authority }, sort, limit: 1 };
    const { items } = await this.store.find(timestamps, query);
    return items[0]?.doc as unknown as KeptTimestamp | undefined;
  }
}
