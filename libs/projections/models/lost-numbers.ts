import { citation, formatEntryNumber, registerType, type NumbersLost } from '#domain';
import type { DocChange, ProjectedEvent } from '../projection.ts';
import { entryDocId } from './doc-ids.ts';
import { registerOf } from './register-event.ts';

/** A row for each number that was given and whose events are lost; none where the book is lost too. */
export function lostRows(
  { bookId, bookName, from, to, reason }: NumbersLost['data'],
  projected: ProjectedEvent,
): readonly DocChange[] {
  if (bookId === null || bookName === null) return [];
  const { revision, metadata } = projected;
  const { actor, occurredAt: at } = metadata;
  const register = registerOf(projected);
  const type = registerType(register.type);
  const common = {
    ...register,
    bookId,
    bookName,
    dossier: '',
    document: 0,
    certifiedOn: null,
    requester: '',
    requesterOrder: '',
    documentTitle: '',
    certifierFullName: '',
    certifierTitle: '',
    authority: null,
    copies: 0,
    fee: 0,
    pages: null,
    proposedFee: null,
    note: '',
    signature: null,
    seal: null,
    verificationCode: null,
    mandate: null,
    state: 'lost',
    assignedRevision: revision,
    assignedAt: null,
    assignedBy: null,
    annotations: [{ kind: 'lost', revision, at, by: actor.name, reason }],
    revision,
  };
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = from + index;
    const numberText = formatEntryNumber(number, type);
    const named = { number, numberText, citation: citation(numberText, bookName) };
    return { id: entryDocId(register, bookId, number), create: { ...common, ...named } };
  });
}
