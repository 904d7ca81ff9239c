import {
  evolveSeals,
  evolveSignatures,
  olderSignatureStream,
  sealStream,
  signatureStream,
  type BookClosed,
  type DomainEvent,
  type ImageUse,
  type SealEvent,
  type SignatureEvent,
  type SignatureState,
  type Specimen,
  type SpecimenFields,
} from '#domain';
import { requireBefore } from './before.ts';
import type { Report } from './report.ts';

type Kept = readonly Specimen<SpecimenFields>[];
type SpecimenEvent = SignatureEvent | SealEvent;

const isSealEvent = (event: DomainEvent): event is SealEvent => event.type.startsWith('Seal');
const isSpecimenEvent = (event: DomainEvent): event is SpecimenEvent =>
  isSealEvent(event) || event.type.startsWith('Signature');

/** Signatures and seals: their changes as they stood, and that each number carries what was in use. */
export class SpecimensCheck {
  private readonly owners = new Map<string, Kept>();

  /** @param agency of the register, or of the actor */
  see(stream: string, event: DomainEvent, agency: string, report: Report): void {
    if (isSpecimenEvent(event)) {
      this.changed(stream, event, report);
      return;
    }
    if (event.type === 'BookClosed') this.closed(event.data, report);
    if (event.type !== 'EntryNumberAssigned') return;
    const { number, signature, seal } = event.data;
    if (signature) {
      const streams = [signatureStream, olderSignatureStream].map((name) =>
        name(agency, signature.account),
      );
      this.requireUse(number, signature, streams, report);
    }
    if (seal) this.requireUse(number, seal, [sealStream(agency)], report);
  }

  /** Of another agency, a successor's, the bundle may know nothing. */
  private closed({ bookId, seal }: BookClosed['data'], report: Report): void {
    if (!seal) return;
    const known = this.owners.get(sealStream(seal.agency));
    if (known && !isThere(known, seal))
      report('CLOSING_SEAL', { book: bookId, id: seal.id, version: seal.version });
  }

  private changed(stream: string, event: SpecimenEvent, report: Report): void {
    const { type, data } = event;
    const before = this.owners.get(stream) ?? [];
    const specimen = before.find(({ id }) => id === data.id);
    if (!('fields' in data) && specimen?.state !== 'in-use')
      report('SPECIMEN', { type, id: data.id });
    if ('changes' in data && specimen)
      requireBefore(
        type,
        specimen.fields as unknown as Readonly<Record<string, unknown>>,
        data.changes,
        report,
      );
    this.owners.set(stream, after(before, event));
  }

  private requireUse(
    number: number,
    use: ImageUse,
    streams: readonly string[],
    report: Report,
  ): void {
    const specimens = streams.flatMap((stream) => this.owners.get(stream) ?? []);
    // Revoked perhaps while the number was on its way: the log does not say which was first.
    const { id, version } = use;
    if (!isThere(specimens, use)) report('IMAGE_USE', { number, id, version });
  }
}

/** Whether this version of the picture was there. */
const isThere = (specimens: Kept, { id, version, sha256 }: ImageUse): boolean =>
  specimens.find((one) => one.id === id)?.images[version - 1]?.sha256 === sha256;

const after = (before: Kept, event: SpecimenEvent): Kept =>
  isSealEvent(event)
    ? evolveSeals(before, event)
    : evolveSignatures(before as SignatureState, event);
