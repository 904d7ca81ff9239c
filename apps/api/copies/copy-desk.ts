import { Injectable } from '@nestjs/common';
import type { SignRequest, StampRequest } from '#commands';
import {
  signatureOn,
  stampFactsOf,
  type Copy,
  type Entry,
  type StampFacts,
  type StampPlace,
} from '#domain';
import type { Copies, StampedCopy } from '#paper';
import { Turns } from '#threads';
import { askerOf } from '../http/asker.ts';
import type { ApiRequest } from '../http/request.ts';
import type { Renders } from '../specimens/renders.ts';

/** Files held at once, from their first byte on until they are answered; no account holds all of them. */
const AT_ONCE = { atOnce: 4, each: 2, mostWaiting: 20 };

/** Turns at sending files, scans and signed ones alike. */
@Injectable()
export class CopyTurns extends Turns {
  constructor() {
    super(AT_ONCE);
  }
}

/** What is sent to be stamped. */
interface Scan {
  readonly bytes: Buffer;
  readonly place: StampPlace;
}

/** Makes what commands about copies record: the stamped file, and what is seen of a signed one. */
export class CopyDesk {
  constructor(
    private readonly copies: Copies,
    private readonly renders: Renders,
  ) {}

  /** Stamps of one scan, the last of which is what its caller is given. */
  stamping(request: ApiRequest, { bytes, place }: Scan) {
    let stamped: StampedCopy | undefined;
    const make: StampRequest['make'] = async (facts, entry) => {
      const order = { facts: stampFactsOf(facts), ...(await this.drawn(request, facts, entry)) };
      const work = { kind: 'stamp', bytes, order, place } as const;
      stamped = await this.copies.do(askerOf(request), work);
      return stamped.file;
    };
    return { make, made: () => stamped };
  }

  /** Holds a file against the copy that was stamped, and signed before. */
  looking(request: ApiRequest, bytes: Buffer): SignRequest['look'] {
    return ({ file, signed }: Copy) => {
      const known = [file, ...(signed ? [signed] : [])].map(({ bytes: length, sha256 }) => ({
        ...{ bytes: length, sha256 },
      }));
      return this.copies.do(askerOf(request), { kind: 'sign', bytes, known });
    };
  }

  /** The pictures at the version the number was given with, no larger than they are drawn. */
  private async drawn(request: ApiRequest, facts: StampFacts, entry: Entry) {
    const { seal, verificationCode } = entry;
    const signature = signatureOn(facts, entry);
    const picture = async (use: { readonly sha256: string } | null) =>
      use ? (await this.renders.get(use.sha256, 'preview', askerOf(request))).bytes : undefined;
    const pictures = { signature: await picture(signature), seal: await picture(seal) };
    return { verificationCode, ...pictures };
  }
}
