import { applyChanges, citation, type EntryColumns } from '#domain';
import { vietnameseOrder, type Doc, type DocValue } from '#read-store';
import { oneChange, type DocChange, type ProjectedEvent, type Projection } from '../projection.ts';
import { entryDocId } from './doc-ids.ts';
import { lostRows } from './lost-numbers.ts';
import { withOrders } from './name-order.ts';
import { registerOf } from './register-event.ts';

interface Step {
  readonly bookId: string;
  readonly number: number;
  readonly state: 'corrected' | 'voided' | 'revoked';
  /** What was done, where it is not what the state says. */
  readonly kind?: 'published';
  /** What stands in the remark beside who and when. */
  readonly remark: object;
  readonly change?: (before: Doc) => Doc;
}

/** A new state of the entry, with a remark of who did what, when and why. */
function step(projected: ProjectedEvent, { bookId, number, ...next }: Step): DocChange {
  const { actor, occurredAt } = projected.metadata;
  const { state, kind = state, change = (before: Doc) => before } = next;
  const { revision } = projected;
  const remark = { kind, revision, at: occurredAt, by: actor.name, ...next.remark };
  return {
    id: entryDocId(registerOf(projected), bookId, number),
    change: (before) => {
      const annotations = [
        ...((before['annotations'] ?? []) as readonly DocValue[]),
        remark as DocValue,
      ];
      return { ...change(before), state, annotations, revision };
    },
  };
}

const projectOne = oneChange({
  EntryNumberAssigned: (data, projected) => {
    const { occurredAt, actor } = projected.metadata;
    const { agency, type, year } = registerOf(projected);
    // Written out: it is made once per number ever assigned, and a fixed shape is made fastest.
    const create = {
      agency,
      type,
      year,
      bookId: data.bookId,
      bookName: data.bookName,
      number: data.number,
      numberText: data.numberText,
      dossier: data.dossier,
      document: data.document,
      certifiedOn: data.certifiedOn,
      requester: data.requester,
      requesterOrder: vietnameseOrder(data.requester),
      documentTitle: data.documentTitle,
      certifierFullName: data.certifierFullName,
      certifierTitle: data.certifierTitle,
      authority: data.authority,
      copies: data.copies,
      fee: data.fee,
      pages: data.pages,
      proposedFee: data.proposedFee,
      note: data.note,
      citation: citation(data.numberText, data.bookName),
      signature: data.signature && { ...data.signature },
      seal: data.seal && { ...data.seal },
      verificationCode: data.verificationCode,
      mandate: data.mandate && { ...data.mandate },
      state: 'assigned',
      assignedRevision: projected.revision,
      assignedAt: occurredAt,
      assignedBy: actor.name,
      annotations: [],
      revision: projected.revision,
    };
    const id = entryDocId({ agency, type, year }, data.bookId, data.number);
    return { id, create };
  },
  EntryCorrected: ({ bookId, number, changes, reason, mandate, proposed }, projected) => {
    const change = (before: Doc): Doc => {
      const after = applyChanges(before as unknown as EntryColumns, changes) as unknown as Doc;
      const stoodOn = mandate && { ...mandate };
      return withOrders({ ...after, mandate: stoodOn }, ['requester']);
    };
    const remark = { reason, changes, ...(proposed && { proposedBy: proposed.name }) };
    return step(projected, { bookId, number, state: 'corrected', remark, change });
  },
  EntryNumberVoided: ({ bookId, number, reason }, projected) =>
    step(projected, { bookId, number, state: 'voided', remark: { reason } }),
  CertificationRevoked: ({ bookId, number, ...decision }, projected) =>
    step(projected, { bookId, number, state: 'revoked', remark: decision }),
  RevocationPublished: ({ bookId, number, ...publication }, projected) => {
    const remark = { reason: '', ...publication };
    return step(projected, { bookId, number, state: 'revoked', kind: 'published', remark });
  },
});

/**
 * Sổ chứng thực: one document a number, with the columns of the register and everything that was
 * done to it; an earlier value stays visible in `annotations`.
 */
export const registerEntries: Projection = {
  name: 'register_entries',
  version: 10,
  reads: ['register-'],
  indexes: [
    ['agency', 'bookId', 'number'],
    ['agency', 'bookId', 'requesterOrder'],
    ['agency', 'dossier', 'bookId', 'number'],
    ['agency', 'bookId', 'state', 'number'],
  ],
  counted: [['agency', 'bookId', 'state']],
  searchable: ['numberText', 'requester', 'documentTitle', 'dossier', 'certifierFullName', 'note'],
  searchedWithin: ['agency', 'bookId'],
  project: (projected) => {
    const { event } = projected;
    return event.type === 'NumbersLost' ? lostRows(event.data, projected) : projectOne(projected);
  },
};
