import { hash } from 'node:crypto';
import type { DocChange, ProjectedEvent, Projection } from '../projection.ts';
import { oneChange } from '../projection.ts';
import { entryDocId } from './doc-ids.ts';
import { registerOf } from './register-event.ts';

/**
 * What a code is looked up by: SHA-256, in hex, of the code as it was recorded. How long a look-up
 * takes says nothing of how much of a code was right, and whoever sees the read model reads no code in it.
 */
export const verificationHash = (code: string): string => hash('sha256', code, 'hex');

const ended =
  (state: 'voided' | 'revoked') =>
  (data: { bookId: string; number: number }, projected: ProjectedEvent): DocChange => ({
    id: entryDocId(registerOf(projected), data.bookId, data.number),
    change: (before) => ({ ...before, state, endedAt: projected.metadata.occurredAt }),
  });

/**
 * What anybody with a copy may know of its number: that it was given, where, when, and whether it
 * still stands. Nothing of whoever asked for it, of the document or of the certifier.
 */
export const verifications: Projection = {
  name: 'verifications',
  version: 1,
  reads: ['register-'],
  indexes: [['codeHash']],
  searchable: [],
  project: oneChange({
    EntryNumberAssigned: (data, projected) => {
      const { agency, type, year } = registerOf(projected);
      const { bookId, bookName, number, numberText, certifiedOn, verificationCode } = data;
      const create = {
        codeHash: verificationCode === null ? null : verificationHash(verificationCode),
        agency,
        type,
        bookName,
        numberText,
        certifiedOn,
        state: 'valid',
        endedAt: null,
        corrected: false,
        // Where its event stands, for the proof that it is in the sealed log.
        stream: projected.stream,
        revision: projected.revision,
      };
      return { id: entryDocId({ agency, type, year }, bookId, number), create };
    },
    EntryCorrected: ({ bookId, number, changes }, projected) => ({
      id: entryDocId(registerOf(projected), bookId, number),
      change: (before) => ({
        ...before,
        corrected: true,
        ...(changes.certifiedOn && { certifiedOn: changes.certifiedOn.to }),
      }),
    }),
    EntryNumberVoided: ended('voided'),
    CertificationRevoked: ended('revoked'),
  }),
};
