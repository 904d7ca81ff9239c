import {
  displayNumber,
  fieldLabels,
  isDossierEvent,
  isMandateEvent,
  isCopyEvent,
  isProposalEvent,
  isWebhookEvent,
  numberingLabels,
  shownTotals,
  type BookEvent,
  type DomainEvent,
  type SealEvent,
  type SignatureEvent,
} from '#domain';
import { agencyChanges } from './agency-changes.ts';
import { edits, firsts, stateChange, type AuditChange, type Values } from './audit-change.ts';
import { dossierChanges } from './dossier-changes.ts';
import { mandateChanges } from './mandate-changes.ts';
import { copyChanges } from './copy-changes.ts';
import { proposalChanges, proposedBy } from './proposal-changes.ts';
import { webhookChanges } from './webhook-changes.ts';

const imageChange = (version: number, sha256: string): AuditChange => ({
  field: 'image',
  label: fieldLabels.image,
  from: version > 1 ? { version: version - 1 } : null,
  to: { version, sha256 },
});

type RegisterEventOf<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>;

/** Not columns of the register, or said in other words. */
const notColumns: ReadonlySet<string> = new Set<
  keyof RegisterEventOf<'EntryNumberAssigned'>['data']
>([
  ...(['bookId', 'bookName', 'numberFormat', 'number', 'numberText'] as const),
  ...(['signature', 'seal', 'mandate'] as const),
]);

function assignedColumns(data: RegisterEventOf<'EntryNumberAssigned'>['data']): AuditChange[] {
  const { numberText, signature, seal, mandate } = data;
  return [
    ...firsts({ number: numberText }, 'register'),
    ...firsts(data as unknown as Values, 'register', notColumns),
    ...firsts({ mandate: mandate && { ...mandate } }, 'register'),
    ...firsts({ signature: signature && { ...signature } }, 'register'),
    ...firsts({ seal: seal && { ...seal } }, 'register'),
  ];
}

/** It has a column of its own. */
const reasonApart: ReadonlySet<string> = new Set(['reason']);

/** Every field an event changed, before → after. */
export function auditChanges(event: DomainEvent): readonly AuditChange[] {
  if (isProposalEvent(event)) return proposalChanges(event);
  if (isMandateEvent(event)) return mandateChanges(event);
  if (isDossierEvent(event)) return dossierChanges(event);
  if (isWebhookEvent(event)) return webhookChanges(event);
  if (isCopyEvent(event)) return copyChanges(event);
  switch (event.type) {
    case 'BookOpened':
    case 'BookEdited':
    case 'BookDiscarded':
    case 'BookClosed':
      return bookChanges(event);
    case 'EntryCorrected':
      return correction(event.data);
    case 'EntryNumberAssigned':
      return assignedColumns(event.data);
    case 'EntryNumberVoided':
    case 'CertificationRevoked':
    case 'RevocationPublished':
      return endChanges(event);
    case 'NumberingPaused':
    case 'NumbersLost':
    case 'NumberingResumed':
      return numberingChanges(event);
    case 'SignatureRegistered':
    case 'SealRegistered':
    case 'SignatureEdited':
    case 'SealEdited':
    case 'SignatureRevoked':
    case 'SealRevoked':
      return specimenChanges(event);
    case 'RegisterExported':
    case 'ImageKept':
      return fileChanges(event);
    default:
      return agencyChanges(event);
  }
}

function bookChanges(event: BookEvent): AuditChange[] {
  switch (event.type) {
    case 'BookOpened':
      return openedFields(event.data);
    case 'BookEdited':
      return edits(event.data.changes, 'register');
    case 'BookDiscarded':
      return [stateChange('Đang mở', 'Đã xóa')];
    case 'BookClosed':
      return closing(event.data);
    default:
      return event satisfies never;
  }
}

function closing(data: RegisterEventOf<'BookClosed'>['data']): AuditChange[] {
  const { bookId: _id, closedOn: _on, totals, seal, proposed, ...confirmed } = data;
  const sealed = { ...shownTotals(totals), seal: seal && { ...seal }, ...proposedBy(proposed) };
  return [stateChange('Đang mở', 'Đã khóa'), ...firsts({ ...confirmed, ...sealed }, 'register')];
}

const correction = ({ changes, mandate, proposed }: RegisterEventOf<'EntryCorrected'>['data']) => [
  ...edits(changes, 'register'),
  ...firsts({ mandate: mandate && { ...mandate } }, 'register'),
  ...firsts(proposedBy(proposed), 'register'),
];

function openedFields({
  bookId: _id,
  reason: _reason,
  ...fields
}: RegisterEventOf<'BookOpened'>['data']): AuditChange[] {
  return firsts(fields, 'register');
}

/** A file that was kept, or is out. */
function fileChanges(event: Extract<DomainEvent, { type: 'RegisterExported' | 'ImageKept' }>) {
  if (event.type === 'ImageKept')
    return firsts({ image: event.data.sha256, imageBytes: event.data.bytes }, 'register');
  return firsts({ format: event.data.format, sha256: event.data.sha256 }, 'register');
}

/** A number that came to nothing, or whose copies did. */
function endChanges({
  type,
  data,
}: RegisterEventOf<
  'EntryNumberVoided' | 'CertificationRevoked' | 'RevocationPublished'
>): AuditChange[] {
  if (type === 'EntryNumberVoided') return [stateChange('Đã cấp số', 'Đã hủy số')];
  const { bookId: _id, number: _number, ...said } = data;
  if (type === 'RevocationPublished') return firsts(said, 'register');
  const by = firsts(said, 'register', reasonApart);
  return [stateChange('Đã cấp số', 'Đã hủy giá trị pháp lý'), ...by];
}

function numberingChanges(
  event: RegisterEventOf<'NumberingPaused' | 'NumbersLost' | 'NumberingResumed'>,
): AuditChange[] {
  const { running, paused } = numberingLabels;
  switch (event.type) {
    case 'NumberingPaused':
      return [stateChange(running, paused)];
    case 'NumbersLost': {
      const { from, to } = event.data;
      return firsts(
        { lost: `từ số ${displayNumber(from)} đến số ${displayNumber(to)}` },
        'register',
      );
    }
    case 'NumberingResumed': {
      const { lastGiven } = event.data;
      return [stateChange(paused, running), ...firsts({ lastGiven }, 'register')];
    }
    default:
      return event satisfies never;
  }
}

function specimenChanges(event: SignatureEvent | SealEvent): AuditChange[] {
  switch (event.type) {
    case 'SignatureRegistered':
    case 'SealRegistered':
      return registeredChanges(event);
    case 'SignatureEdited':
    case 'SealEdited':
      return editedChanges(event);
    case 'SignatureRevoked':
    case 'SealRevoked':
      return [stateChange('Đang sử dụng', 'Ngừng sử dụng')];
    default:
      return event satisfies never;
  }
}

function registeredChanges(
  event: RegisterEventOf<'SignatureRegistered' | 'SealRegistered'>,
): AuditChange[] {
  const kind = event.type === 'SealRegistered' ? 'seal' : 'signature';
  const { fields, version, image } = event.data;
  return [...firsts({ ...fields }, kind), imageChange(version, image.sha256)];
}

function editedChanges(event: RegisterEventOf<'SignatureEdited' | 'SealEdited'>): AuditChange[] {
  const kind = event.type === 'SealEdited' ? 'seal' : 'signature';
  const { changes, version, image } = event.data;
  return [...edits(changes, kind), ...(image ? [imageChange(version, image.sha256)] : [])];
}
