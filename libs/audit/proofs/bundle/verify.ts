import { openCheckpoint, type Checkpoint } from '../checkpoint.ts';
import { BrokenProof, sha256, toBase64 } from '../hash.ts';
import { openHeads, type HeadsStatement } from '../heads.ts';
import type { Signer, VerifierKey } from '../note.ts';
import type { Timestamp, TrustedCertificates } from '../timestamp.ts';
import { openTimestamps } from './check-timestamps.ts';
import { StoryCheck } from './check-story.ts';
import { TreeCheck, type NamedBucket } from './check-tree.ts';
import type { Finding } from './findings.ts';
import { lookAhead, type Ahead } from './look-ahead.ts';
import type { Policy } from '../policy.ts';
import { BEFORE_ALL, placeBehind } from './place.ts';
import {
  leafIn,
  parseLine,
  UnreadableBundle,
  type BundleHeader,
  type BundleLine,
  type BundleScope,
} from './lines.ts';

/** What those who verify bring along. */
export interface Trust {
  /** Keys of the log; one of them has to have signed. */
  readonly keys: readonly VerifierKey[];
  /** Which witnesses have to have cosigned. */
  readonly policy?: Policy | undefined;
  /** Certificates of time-stamping authorities: one of them, or one they vouch for, has to have stamped. */
  readonly tsa?: TrustedCertificates | undefined;
}

export interface Verdict {
  readonly isWhole: boolean;
  readonly header: BundleHeader;
  readonly checkpoint: Pick<Checkpoint, 'origin' | 'size'> & { readonly root: string };
  readonly cosignedBy: readonly string[];
  /** When authorities have seen the checkpoint: all that is in the log was there then. */
  readonly timestamps: readonly Timestamp[];
  readonly events: number;
  readonly numbers: number;
  readonly streams: readonly string[];
  readonly images: number;
  /** The first of them, at most `MOST_FINDINGS`. */
  readonly findings: readonly Finding[];
  readonly findingsInAll: number;
}

export const MOST_FINDINGS = 1000;

/**
 * Reads a bundle twice and holds everything in it against the log's key and the rules of the domain.
 * Of a register what has to be known of its numbers is in memory until its last event in the bundle, some
 * hundred bytes a number; then how far it came alone, as of every stream.
 * @param lines opens the bundle from its beginning: its lines in UTF-8, without line feeds, some at a time
 * @throws UnreadableBundle it is none, or is cut off
 */
export async function verifyBundle(
  lines: () => AsyncIterable<readonly Buffer[]>,
  trust: Trust,
  onProgress: (events: number, size: number) => void = () => undefined,
): Promise<Verdict> {
  const reading = new Reading(trust, await lookAhead(lines()));
  let number = 0;
  for await (const page of lines()) {
    for (const text of page) {
      number += 1;
      reading.take(parseLine(text, number), text, number);
      if (number % 10_000 === 0) onProgress(reading.events, reading.size);
    }
  }
  return reading.verdict();
}

/** What has been read of a bundle, line by line. */
class Reading {
  private readonly findings: Finding[] = [];
  private inAll = 0;
  private header: BundleHeader | undefined;
  private checkpoint: Checkpoint | undefined;
  private cosigned: readonly Signer[] = [];
  private note = '';
  private readonly stamps: string[] = [];
  private statement: HeadsStatement | undefined;
  private story: StoryCheck | undefined;
  private readonly tree = new TreeCheck((finding) => this.found(finding));
  private readonly buckets: NamedBucket[] = [];
  private readonly images = new Set<string>();
  private isEnded = false;
  private last = BEFORE_ALL;
  events = 0;

  constructor(
    private readonly trust: Trust,
    private readonly ahead: Ahead,
  ) {}

  get size(): number {
    return this.header?.size ?? 0;
  }

  private found(finding: Finding): void {
    this.inAll += 1;
    if (this.findings.length < MOST_FINDINGS) this.findings.push(finding);
  }

  /** @throws UnreadableBundle */
  take(line: BundleLine, text: Buffer, number: number): void {
    if (this.isEnded) throw new UnreadableBundle(`line ${number} stands behind the bundle's end`);
    this.last = placeBehind(this.last, line, number);
    if ('header' in line) this.takeHeader(line.header);
    else if ('checkpoint' in line) this.takeCheckpoint(line.checkpoint);
    else if ('timestamp' in line) this.takeTimestamp(line.timestamp);
    else if ('heads' in line) this.takeStatement(line.heads);
    else if ('event' in line) this.takeEvent(line, text);
    else if ('skip' in line) this.takeSkip(line.skip);
    else if ('bucket' in line) this.buckets.push(line);
    else if ('image' in line) this.takeImage(line.image);
    else this.takeEnd(line.end, number);
  }

  private takeHeader(header: BundleHeader): void {
    this.header = header;
    this.story = new StoryCheck(header.scope, this.ahead, (finding) => this.found(finding));
  }

  private takeCheckpoint(note: string): void {
    this.note = note;
    this.guarded('SIGNATURE', () => {
      const { keys, policy } = this.trust;
      const witnesses = policy?.witnesses.map(({ key }) => key) ?? [];
      const { checkpoint, cosigned } = openCheckpoint(note, keys, witnesses);
      [this.checkpoint, this.cosigned] = [checkpoint, cosigned];
      const { origin = '', size } = this.header ?? {};
      if (checkpoint.origin !== origin || checkpoint.size !== size)
        throw new BrokenProof('the checkpoint is not the one the header names');
      const by = cosigned.map(({ key }) => key);
      if (policy && !policy.isQuorum(by))
        this.found({ code: 'COSIGNATURES', details: { found: by.length } });
    });
  }

  private takeTimestamp(token: string): void {
    if (this.header?.version === 1)
      throw new UnreadableBundle('a bundle of version 1 has no timestamps');
    this.stamps.push(token);
  }

  private takeStatement(note: string): void {
    this.guarded('SIGNATURE', () => {
      this.statement = openHeads(note, this.trust.keys);
      const { origin, size, root } = this.statement;
      const same = this.checkpoint;
      if (same?.origin !== origin || same.size !== size || !same.root.equals(root))
        throw new BrokenProof('the statement about streams is of another tree than the checkpoint');
    });
  }

  private takeEvent(line: Extract<BundleLine, { event: unknown }>, text: Buffer): void {
    const { event, index, leaf } = line;
    this.guarded('LEAF', () => {
      this.story?.see(event, this.tree.index);
      this.tree.see(event, leafIn(text, index, leaf), { index, leaf });
      this.events += 1;
    });
  }

  private takeSkip(skip: { readonly leaves: number; readonly hash: string }): void {
    this.guarded('ROOT', () => this.tree.skip(skip));
  }

  private takeImage(image: { readonly sha256: string; readonly base64: string }): void {
    const bytes = Buffer.from(image.base64, 'base64');
    const isIt = sha256(bytes).toString('hex') === image.sha256 && toBase64(bytes) === image.base64;
    if (!this.story?.pictures.has(image.sha256))
      throw new UnreadableBundle(`no event names the picture ${image.sha256}`);
    if (isIt) this.images.add(image.sha256);
    else this.found({ code: 'IMAGE_HASH', details: { sha256: image.sha256 } });
  }

  private takeEnd(lines: number, number: number): void {
    if (lines !== number - 1)
      throw new UnreadableBundle(`the bundle has ${number - 1} lines, and says ${lines}`);
    this.isEnded = true;
  }

  /** A proof that does not hold is a finding; what is no bundle ends the reading. */
  private guarded(code: Finding['code'], work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof UnreadableBundle) throw error;
      const detail = (error as Error).message;
      this.found({ code, details: { detail, found: detail, signed: null, stated: null } });
    }
  }

  /** @throws UnreadableBundle */
  async verdict(): Promise<Verdict> {
    const { header, story, isEnded } = this;
    if (!header || !story) throw new UnreadableBundle('the file is empty');
    if (!isEnded) throw new UnreadableBundle('the bundle is cut off: it has no end');
    this.judge(header, story);
    const timestamps = await this.judgedTimestamps();
    const { origin = header.origin, size = header.size, root } = this.checkpoint ?? {};
    return {
      isWhole: this.inAll === 0,
      header,
      checkpoint: { origin, size, root: root?.toString('base64') ?? '' },
      cosignedBy: [...new Set(this.cosigned.map(({ key }) => key.name))],
      timestamps,
      events: this.events,
      numbers: story.numbers,
      streams: this.tree.names(),
      images: this.images.size,
      findings: this.findings,
      findingsInAll: this.inAll,
    };
  }

  /** Those that hold. */
  private async judgedTimestamps(): Promise<readonly Timestamp[]> {
    const { tsa } = this.trust;
    const { held, broken } = await openTimestamps(this.stamps, this.note, tsa ?? []);
    for (const detail of broken) this.found({ code: 'TIMESTAMP', details: { detail } });
    if (tsa !== undefined && !held.some(({ isTrusted }) => isTrusted))
      this.found({ code: 'NO_TIMESTAMP', details: { found: this.stamps.length } });
    return held;
  }

  /** A part that holds nothing of what it is named for proves nothing. */
  private requireNamed(scope: BundleScope): void {
    const names = this.tree.names();
    const isThere = scope.kind === 'register' ? names.includes(scope.register) : names.length > 0;
    const stream = scope.kind === 'register' ? scope.register : scope.kind;
    if (!isThere)
      this.found({ code: 'INCOMPLETE', details: { found: null, sealed: null }, stream });
  }

  private judge({ scope, images }: BundleHeader, { pictures }: StoryCheck): void {
    const { checkpoint, statement, tree } = this;
    if (checkpoint) tree.requireRoot(checkpoint);
    else this.found({ code: 'SIGNATURE', details: { detail: 'there is no checkpoint' } });
    if (!statement) this.found({ code: 'HEADS', details: { detail: 'there is no statement' } });
    else if (scope.kind === 'everything') tree.requireAllHeads(statement);
    else {
      tree.requireHeads(this.buckets, statement);
      this.requireNamed(scope);
    }
    if (!images && this.images.size > 0)
      throw new UnreadableBundle('pictures in a bundle that is to be without');
    if (!images) return;
    for (const hash of pictures)
      if (!this.images.has(hash)) this.found({ code: 'IMAGE_MISSING', details: { sha256: hash } });
  }
}
