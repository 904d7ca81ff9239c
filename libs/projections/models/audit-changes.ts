import {
  agencyLevelLabels,
  agencyStateLabels,
  displayNumber,
  fieldLabels,
  labelOfField,
  numberingLabels,
  type AgencyEvent,
  type DomainEvent,
  type SealEvent,
  type SignatureEvent,
  type ThingKind,
} from '#domain';
import type { DocValue } from '#read-store';

/** One field before and after, with the label people know it by. */
export type AuditChange = {
  readonly field: string;
  readonly label: string;
  readonly from: DocValue;
  readonly to: DocValue;
};

type Values = Readonly<Record<string, DocValue>>;

type Kind = Extract<ThingKind, 'register' | 'signature' | 'seal' | 'agency'>;

const edits = (changes: object, kind: Kind): AuditChange[] =>
  Object.entries(changes as Record<string, { from: DocValue; to: DocValue }>).map(
    ([field, { from, to }]) => ({ field, label: labelOfField(field, kind), from, to }),
  );

const nothing: ReadonlySet<string> = new Set();

/** Values that were not there before; empty ones say nothing. A loop: most audit lines are made here. */
function firsts(values: Values, kind: Kind, except = nothing): AuditChange[] {
  const changes: AuditChange[] = [];
  for (const field in values) {
    const to = values[field] ?? null;
    if (to === null || to === '' || except.has(field)) continue;
    changes.push({ field, label: labelOfField(field, kind), from: null, to });
  }
  return changes;
}

const imageChange = (version: number, sha256: string): AuditChange => ({
  field: 'image',
  label: fieldLabels.image,
  from: version > 1 ? { version: version - 1 } : null,
  to: { version, sha256 },
});

const stateChange = (from: string, to: string): AuditChange => ({
  field: 'state',
  label: fieldLabels.state,
  from,
  to,
});

type RegisterEventOf<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>;

/** Not columns of the register, or said in other words. */
const notColumns: ReadonlySet<string> = new Set<
  keyof RegisterEventOf<'EntryNumberAssigned'>['data']
>(['bookId', 'bookName', 'numberFormat', 'number', 'numberText', 'signature', 'seal']);

function assignedColumns(data: RegisterEventOf<'EntryNumberAssigned'>['data']): AuditChange[] {
  const { numberText, signature, seal } = data;
  return [
    ...firsts({ number: numberText }, 'register'),
    ...firsts(data as unknown as Values, 'register', notColumns),
    ...firsts({ signature: signature && { ...signature } }, 'register'),
    ...firsts({ seal: seal && { ...seal } }, 'register'),
  ];
}

/** Every field an event changed, before → after. */
export function auditChanges(event: DomainEvent): readonly AuditChange[] {
  switch (event.type) {
    case 'BookOpened': {
      const { bookId: _id, reason: _reason, ...fields } = event.data;
      return firsts(fields, 'register');
    }
    case 'BookEdited':
    case 'EntryCorrected':
      return edits(event.data.changes, 'register');
    case 'BookDiscarded':
      return [stateChange('Đang mở', 'Đã xóa')];
    case 'BookClosed': {
      const { bookId: _id, closedOn: _on, totals, ...confirmed } = event.data;
      const closing = firsts({ ...confirmed, ...totals }, 'register');
      return [stateChange('Đang mở', 'Đã khóa'), ...closing];
    }
    case 'EntryNumberAssigned':
      return assignedColumns(event.data);
    case 'EntryNumberVoided':
      return [stateChange('Đã cấp số', 'Đã hủy số')];
    case 'CertificationRevoked':
      return revocation(event.data);
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
    case 'ImageKept':
      return firsts({ image: event.data.sha256, imageBytes: event.data.bytes }, 'register');
    case 'AgencyRegistered':
    case 'AgencyRenamed':
    case 'AgencyLevelChanged':
    case 'AgencyRetired':
    case 'SuccessionAccepted':
      return agencyChanges(event);
    default:
      return event satisfies never;
  }
}

function revocation({
  decisionNumber,
  decisionDate,
}: RegisterEventOf<'CertificationRevoked'>['data']): AuditChange[] {
  const by = firsts({ decisionNumber, decisionDate }, 'register');
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

function agencyChanges(event: AgencyEvent): AuditChange[] {
  switch (event.type) {
    case 'AgencyRegistered': {
      const { code, name, level } = event.data;
      const fields = { agencyCode: code, name, level: agencyLevelLabels[level] };
      return firsts(fields, 'agency');
    }
    case 'AgencyRenamed': {
      const { from, to } = event.data;
      return edits({ name: { from, to } }, 'agency');
    }
    case 'AgencyLevelChanged': {
      const [from, to] = [agencyLevelLabels[event.data.from], agencyLevelLabels[event.data.to]];
      return edits({ level: { from, to } }, 'agency');
    }
    case 'AgencyRetired': {
      const { successor, retiredOn } = event.data;
      const ended = stateChange(agencyStateLabels.active, agencyStateLabels.retired);
      return [ended, ...firsts({ successor, retiredOn }, 'agency')];
    }
    case 'SuccessionAccepted':
      return firsts({ predecessor: event.data.predecessor }, 'agency');
    default:
      return event satisfies never;
  }
}
