import { saysTheSame, stampFactsOf, type StampFacts } from '#domain';
import type { Doc } from '#read-store';
import { oneChange, type DocChange, type ProjectedEvent, type Projection } from '../projection.ts';
import { entryDocId } from './doc-ids.ts';
import { registerOf } from './register-event.ts';

interface OfEntry {
  readonly bookId: string;
  readonly number: number;
}

/** What becomes of the copy of a number, where it has one. */
const ifCopied = (
  { bookId, number }: OfEntry,
  projected: ProjectedEvent,
  changes: (before: Doc) => Doc,
): DocChange => ({
  id: entryDocId(registerOf(projected), bookId, number),
  changeIfThere: (before) => ({ ...before, ...changes(before) }),
});

const ended = (data: OfEntry, projected: ProjectedEvent): DocChange =>
  ifCopied(data, projected, () => ({ state: 'ended' }));

/**
 * Electronic copies: one document a number that has one, from its stamp on. What waits for its
 * signature are those that are `stamped`.
 */
export const copyList: Projection = {
  name: 'copy_list',
  version: 1,
  reads: ['register-'],
  indexes: [
    ['agency', 'order'],
    ['agency', 'state', 'order'],
    ['agency', 'bookId', 'order'],
    ['agency', 'bookId', 'state', 'order'],
  ],
  counted: [['agency', 'state']],
  searchable: [],
  project: oneChange({
    CopyStamped: (data, projected) => {
      const { metadata, position: order } = projected;
      const { occurredAt: stampedAt, actor } = metadata;
      const { agency, type, year } = registerOf(projected);
      const { bookId, number, place, layout: _layout, pages: filePages, ...stamped } = data;
      const { sourceSha256, sha256, bytes } = stamped;
      const facts = stampFactsOf(stamped);
      const file = { place, sourceSha256, sha256, bytes, filePages };
      const signed = { signedSha256: null, signers: [], signedAt: null, signedBy: null };
      const create: Doc = {
        ...{ agency, type, year, bookId, number, ...facts, shown: { ...facts }, ...file },
        ...{ stampedAt, stampedBy: actor.name, ...signed, state: 'stamped', order },
      };
      return { id: entryDocId({ agency, type, year }, bookId, number), create };
    },
    CopySigned: (data, projected) => {
      const { occurredAt: signedAt, actor } = projected.metadata;
      const { sha256: signedSha256, signers } = data;
      const signed = { signedSha256, signers, signedAt, signedBy: actor.name };
      return ifCopied(data, projected, () => ({ ...signed, state: 'signed' }));
    },
    EntryCorrected: (data, projected) =>
      ifCopied(data, projected, ({ state, shown, ...before }) => {
        const to = Object.entries(data.changes).map(([field, change]) => [field, change.to]);
        const now = { ...before, ...(Object.fromEntries(to) as Doc) } as unknown as StampFacts;
        const isSame = saysTheSame(shown as unknown as StampFacts, now);
        // What it says and what it would say are two things until it is stamped again.
        const facts = { ...stampFactsOf(now) };
        return state === 'signed' ? facts : { ...facts, state: isSame ? 'stamped' : 'outdated' };
      }),
    EntryNumberVoided: ended,
    CertificationRevoked: ended,
  }),
};
