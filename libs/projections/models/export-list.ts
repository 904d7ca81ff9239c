import { exportsAgencyOf } from '#domain';
import type { Doc } from '#read-store';
import { oneChange, type Projection } from '../projection.ts';

/** What was printed of the registers: one document a file, known by its hash. */
export const exportList: Projection = {
  name: 'export_list',
  version: 1,
  reads: ['exports-'],
  indexes: [
    ['agency', 'order'],
    ['agency', 'printed', 'registerRevision'],
    ['agency', 'year', 'order'],
    ['sha256', 'order'],
  ],
  counted: [['agency']],
  searchable: [],
  project: oneChange({
    RegisterExported: (data, { stream, metadata, position }) => {
      const { actor, occurredAt } = metadata;
      const { exportId, ...facts } = data;
      const made = { exportedAt: occurredAt, exportedBy: actor.name };
      const printed = printedName(data);
      const whose = { id: exportId, agency: exportsAgencyOf(stream) ?? '', order: position };
      const create = { ...whose, printed, ...facts, ...made } as unknown as Doc;
      return { id: `${stream}/${exportId}`, create };
    },
  }),
};

/** What was printed, whatever the format and the moment: one text to look it up by. */
export const printedName = (of: {
  readonly registerType: string;
  readonly year: number;
  readonly exportedBook: string | null;
  readonly month: string | null;
}): string => [of.registerType, of.year, of.exportedBook ?? of.month ?? ''].join(' ');
