import { nameOf } from '#domain';
import type { DocChange, ProjectedEvent, Projection } from '../projection.ts';
import { oneChange } from '../projection.ts';
import { entryDocId } from './doc-ids.ts';
import { registerOf } from './register-event.ts';

interface OfFile {
  readonly bookId: string;
  readonly number: number;
  readonly sha256: string;
}

const known =
  (kind: 'stamped' | 'signed') =>
  ({ bookId, number, sha256 }: OfFile, projected: ProjectedEvent): DocChange => {
    const register = registerOf(projected);
    const entry = entryDocId(register, bookId, number);
    const { occurredAt: madeAt } = projected.metadata;
    const create = { sha256, kind, entry, madeAt, order: projected.position };
    return { id: nameOf(entry, sha256), create };
  };

/**
 * Files of electronic copies, by their hash: one document for each that was ever stamped or signed,
 * also those that another has replaced. Whose number it is stands in `verifications`, under `entry`.
 */
export const copyFiles: Projection = {
  name: 'copy_files',
  version: 1,
  reads: ['register-'],
  indexes: [['sha256', 'order']],
  searchable: [],
  project: oneChange({ CopyStamped: known('stamped'), CopySigned: known('signed') }),
};
