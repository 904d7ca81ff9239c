import type { DomainEvent, DomainEventType } from './events.ts';
import { dossierShapes } from './dossier/shapes.ts';
import { copyShapes } from './register/copy-shapes.ts';

type Kind = 'string' | 'number' | 'boolean' | 'object';
type KindOf<T> = [T] extends [string]
  ? 'string'
  : [T] extends [number]
    ? 'number'
    : [T] extends [boolean]
      ? 'boolean'
      : 'object';
/** A field's kind, with `?` where it may be null; a table that is not the type's does not compile. */
type ShapeOf<D> = {
  readonly [K in keyof D]: null extends D[K]
    ? `${KindOf<NonNullable<D[K]>>}?`
    : KindOf<NonNullable<D[K]>>;
};
type DataOf<T extends DomainEventType> = Extract<DomainEvent, { type: T }>['data'];

const withReason = { id: 'string', reason: 'string' } as const;

const specimen = {
  registered: { id: 'string', version: 'number', fields: 'object', image: 'object' },
  edited: { ...withReason, changes: 'object', image: 'object?', version: 'number' },
  revoked: withReason,
} as const;

const ofEntry = { bookId: 'string', number: 'number' } as const;
const ofFile = { sha256: 'string', bytes: 'number' } as const;

const ended = { proposalId: 'string', bookId: 'string', number: 'number?' } as const;
const proposalEnd = { ...ended, reason: 'string' } as const;

/** What every event of today carries: its fields and their kinds. */
const shapes: { readonly [T in DomainEventType]: ShapeOf<DataOf<T>> } = {
  BookOpened: {
    bookId: 'string',
    name: 'string',
    firstNumber: 'number',
    openedOn: 'string',
    closesOn: 'string',
    form: 'string',
    reason: 'string',
  },
  BookEdited: { bookId: 'string', changes: 'object', reason: 'string' },
  BookDiscarded: { bookId: 'string', reason: 'string' },
  BookClosed: {
    bookId: 'string',
    closedOn: 'string',
    confirmedByFullName: 'string',
    confirmedByTitle: 'string',
    confirmedByAuthority: 'string?',
    totals: 'object',
    seal: 'object?',
    proposed: 'object?',
  },
  EntryNumberAssigned: {
    bookId: 'string',
    bookName: 'string',
    number: 'number',
    numberText: 'string',
    numberFormat: 'number',
    dossier: 'string',
    document: 'number',
    certifiedOn: 'string',
    requester: 'string',
    documentTitle: 'string',
    certifierFullName: 'string',
    certifierTitle: 'string',
    authority: 'string?',
    copies: 'number',
    fee: 'number',
    pages: 'number?',
    proposedFee: 'number?',
    note: 'string',
    signature: 'object?',
    seal: 'object?',
    verificationCode: 'string?',
    mandate: 'object?',
  },
  EntryCorrected: {
    ...ofEntry,
    changes: 'object',
    reason: 'string',
    mandate: 'object?',
    proposed: 'object?',
  },
  EntryNumberVoided: {
    ...ofEntry,
    copies: 'number',
    fee: 'number',
    reason: 'string',
  },
  CertificationRevoked: {
    ...ofEntry,
    decisionNumber: 'string',
    decisionDate: 'string',
    decisionIssuer: 'string?',
    reason: 'string',
  },
  RevocationPublished: {
    ...ofEntry,
    publishedAt: 'string',
    publishedOn: 'string',
  },
  ...copyShapes,
  ClosingProposed: {
    proposalId: 'string',
    bookId: 'string',
    proposer: 'object',
    confirmedByFullName: 'string',
    confirmedByTitle: 'string',
    confirmedByAuthority: 'string?',
    seal: 'object?',
  },
  CorrectionProposed: {
    proposalId: 'string',
    bookId: 'string',
    number: 'number',
    proposer: 'object',
    changes: 'object',
    reason: 'string',
  },
  ProposalWithdrawn: proposalEnd,
  ProposalRefused: proposalEnd,
  ProposalLapsed: ended,
  NumberingPaused: { reason: 'string', lastNumber: 'number?', knownLast: 'number?' },
  NumbersLost: {
    bookId: 'string?',
    bookName: 'string?',
    from: 'number',
    to: 'number',
    reason: 'string',
  },
  NumberingResumed: { lastGiven: 'number', reason: 'string' },
  SignatureRegistered: specimen.registered,
  SignatureEdited: specimen.edited,
  SignatureRevoked: specimen.revoked,
  SealRegistered: specimen.registered,
  SealEdited: specimen.edited,
  SealRevoked: specimen.revoked,
  MandateRecorded: {
    id: 'string',
    mandateKind: 'string',
    holderFullName: 'string',
    holderTitle: 'string',
    holderAccount: 'string?',
    mandateIssuer: 'string',
    mandateNumber: 'string',
    issuedOn: 'string',
    scope: 'object?',
    validFrom: 'string',
    validTo: 'string?',
  },
  MandateEnded: { ...specimen.revoked, endedOn: 'string' },
  ...dossierShapes,
  AgencyRegistered: {
    code: 'string',
    name: 'string',
    level: 'string',
    identifier: 'string?',
    statisticalCode: 'string?',
  },
  AgencyCodesChanged: { code: 'string', changes: 'object', reason: 'string' },
  AgencyRenamed: { code: 'string', from: 'string', to: 'string', reason: 'string' },
  AgencyLevelChanged: { code: 'string', from: 'string', to: 'string', reason: 'string' },
  AgencyFourEyesChanged: { code: 'string', from: 'boolean', to: 'boolean', reason: 'string' },
  AgencyRetired: { code: 'string', successor: 'string?', retiredOn: 'string', reason: 'string' },
  SuccessionAccepted: { code: 'string', predecessor: 'string', reason: 'string' },
  ImageKept: { sha256: 'string', bytes: 'number' },
  RegisterExported: {
    exportId: 'string',
    registerType: 'string',
    year: 'number',
    scope: 'string',
    exportedBook: 'string?',
    month: 'string?',
    format: 'string',
    registerRevision: 'number',
    agencyName: 'string',
    checkpoint: 'object?',
    since: 'object?',
    ...ofFile,
    rows: 'number',
    pages: 'number?',
  },
  WebhookSubscribed: {
    id: 'string',
    agency: 'string',
    name: 'string',
    url: 'string',
    types: 'object',
    after: 'string?',
    secret: 'object',
  },
  WebhookEdited: { id: 'string', changes: 'object', reason: 'string' },
  WebhookSecretRotated: { ...withReason, secret: 'object', previousUntil: 'string' },
  WebhookPaused: withReason,
  WebhookResumed: withReason,
  WebhookEnded: withReason,
};

/** Once: a list is walked much faster than a table. */
const fields = Object.fromEntries(
  Object.entries(shapes).map(([type, shape]) => [
    type,
    Object.entries(shape).map(([field, kind]: [string, string]) => ({
      field,
      kind: kind.replace('?', '') as Kind,
      orNull: kind.endsWith('?'),
    })),
  ]),
) as unknown as Readonly<
  Record<DomainEventType, readonly { field: string; kind: Kind; orNull: boolean }[]>
>;

/** The first field that is not as today's shape of the event says, in words; undefined where all are. */
export function misshapen(type: DomainEventType, data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return 'data is no object';
  for (const { field, kind, orNull } of fields[type]) {
    const value = (data as Readonly<Record<string, unknown>>)[field];
    if (value === null ? orNull : typeof value === kind) continue;
    return `${field} is ${value === null ? 'null' : typeof value}, not ${kind}`;
  }
  return undefined;
}
