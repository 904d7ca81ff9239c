import type { Audit } from '#audit';
import { NotSealed } from '#audit';
import { inclusionText, leafHash, statedCheckpoint, toBase64 } from '#audit/proofs';
import { citation, registerType, vietnameseDate } from '#domain';
import {
  agencyList,
  copyFiles,
  copyList,
  exportList,
  verificationHash,
  verifications,
} from '#projections';
import type { Projection, ReadModels } from '#projections';
import { withinTime, type Query } from '#read-store';
import { Turns } from '#threads';
import type {
  IssuingAgency,
  KnownFile,
  SealedProof,
  VerificationAnswer,
} from './verification.dto.ts';
import { statusLabels, type VerifiedStatus } from './statuses.ts';

interface Sources {
  readonly models: ReadModels;
  readonly audit: Audit;
  /** Longest time an answer may take, its turn included, in milliseconds. */
  readonly longestMs: number;
}

/** Who asks: the network, and until when. */
export interface Public {
  readonly network: string;
  readonly signal: AbortSignal;
}

/** A number as `verifications` keeps it. */
interface Kept {
  readonly agency: string;
  readonly type: string;
  readonly bookName: string;
  readonly numberText: string;
  readonly certifiedOn: string;
  readonly state: VerifiedStatus;
  readonly endedAt: string | null;
  readonly corrected: boolean;
  readonly stream: string;
  readonly revision: number;
}

interface Printed {
  readonly agency: string;
  readonly agencyName: string;
  readonly registerType: string;
  readonly year: number;
  readonly month: string | null;
  readonly format: string;
  readonly exportedAt: string;
}

/** The file of an electronic copy, as `copy_files` keeps it. */
interface CopyFile {
  readonly sha256: string;
  readonly kind: 'stamped' | 'signed';
  /** Its number's document. */
  readonly entry: string;
  readonly madeAt: string;
}

/** One at a time beside everybody who has an account: whoever reads lists waits behind one look-up at most. */
const AT_ONCE = 1;
/** Of one network. */
const MOST_WAITING = 20;

/**
 * What anybody may know of a copy by its code or its file. Networks take turns among themselves,
 * and take none of those who have accounts.
 */
export class Verifications {
  private readonly turns = new Turns({ atOnce: AT_ONCE, each: AT_ONCE, mostWaiting: MOST_WAITING });

  constructor(private readonly sources: Sources) {}

  /**
   * The number of a code as it was recorded; undefined where none was given with it.
   * @throws ReadTooSlow @throws TooManyWaiting of this network @throws CallerLeft
   */
  number(asker: Public, code: string): Promise<VerificationAnswer | undefined> {
    return this.inTurn(asker, async (signal) => {
      const filter = { codeHash: verificationHash(code) };
      const found = await this.first<Kept>(verifications, { filter, limit: 1 }, signal);
      return found && this.answer(code, found);
    });
  }

  /** What the service has given out with this SHA-256, in hex. @throws as `number` */
  file(asker: Public, sha256: string): Promise<KnownFile | null> {
    return this.inTurn(asker, async (signal) => {
      const sort = [{ field: 'order' }];
      const query = { filter: { sha256 }, sort, limit: 1 };
      const copy = await this.first<CopyFile>(copyFiles, query, signal);
      if (copy) return this.copy(copy);
      const printed = await this.first<Printed>(exportList, query, signal);
      if (!printed) return null;
      const { agency: code, agencyName: name, registerType: type, year, month } = printed;
      const register = { type, typeTitle: registerType(type).title, year, month };
      const made = { format: printed.format, madeOn: vietnameseDate(new Date(printed.exportedAt)) };
      return { kind: 'register', agency: { code, name }, ...register, ...made, number: null };
    });
  }

  /** What is known of the file of an electronic copy: whose number it is, and what becomes of that. */
  private async copy({ sha256, kind, entry, madeAt }: CopyFile): Promise<KnownFile | null> {
    const { models } = this.sources;
    const kept = (await models.get(verifications, entry))?.doc as Kept | undefined;
    const copy = (await models.get(copyList, entry))?.doc;
    if (!kept || !copy) return null;
    const { agency, type, bookName, numberText, certifiedOn, state } = kept;
    const number = {
      ...{ bookName, numberText, citation: citation(numberText, bookName), certifiedOn },
      ...{ status: state, statusLabel: statusLabels[state] },
      replaced: kind === 'stamped' && copy['sha256'] !== sha256,
    };
    return {
      kind,
      agency: await this.agency(agency),
      ...{ type, typeTitle: registerType(type).title, year: Number(copy['year']), month: null },
      ...{ format: 'pdf', madeOn: vietnameseDate(new Date(madeAt)), number },
    };
  }

  private async agency(code: string): Promise<IssuingAgency> {
    const known = await this.sources.models.get(agencyList, code);
    return { code, name: (known?.doc['name'] as string | undefined) ?? code };
  }

  private inTurn<T>(asker: Public, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { network, signal } = asker;
    return withinTime(this.sources.longestMs, signal, (asked) =>
      this.turns.take(network, asked, () => work(asked)),
    );
  }

  private async first<T>(
    projection: Projection,
    query: Query,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    const { items } = await this.sources.models.find(projection, query, signal);
    return items[0]?.doc as T | undefined;
  }

  private async answer(code: string, kept: Kept): Promise<VerificationAnswer> {
    const { agency, type, bookName, numberText, certifiedOn, state, endedAt, corrected } = kept;
    return {
      code,
      status: state,
      statusLabel: statusLabels[state],
      agency: await this.agency(agency),
      type,
      typeTitle: registerType(type).title,
      bookName,
      numberText,
      citation: citation(numberText, bookName),
      certifiedOn,
      corrected,
      endedOn: endedAt === null ? null : vietnameseDate(new Date(endedAt)),
      proof: await this.proof(kept),
    };
  }

  /** That the number was given is in the sealed log; the leaf itself names people, and stays inside. */
  private async proof({ stream, revision }: Kept): Promise<SealedProof | null> {
    const { proofs } = this.sources.audit;
    const included = await proofs.inclusion(stream, revision).catch(unlessUnsealed);
    if (!included) return null;
    const { index, path, leaf, checkpoint } = included;
    const { size } = statedCheckpoint(checkpoint);
    const leafHashText = toBase64(leafHash(leaf));
    return {
      index,
      size,
      leafHash: leafHashText,
      proof: inclusionText({ index, path, checkpoint }),
    };
  }
}

function unlessUnsealed(error: unknown): undefined {
  if (!(error instanceof NotSealed)) throw error;
}
