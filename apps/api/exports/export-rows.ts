import type { Doc } from '#read-store';
import type { ExportJob, ExportRow } from './exports.dto.ts';
import { jobStateLabels, type Job } from './job.ts';

/** A job as it is answered: whose account it is, and what tells requests apart, stays with us. */
export function jobRow(job: Job): ExportJob {
  const { account: _account, requestHash: _hash, run: _run, updatedAt: _updated, ...told } = job;
  return { ...told, stateLabel: jobStateLabels[job.state] };
}

interface Stored extends ExportRow {
  readonly registerType: string;
  readonly exportedBook: string | null;
  readonly registerRevision: number;
}

/** A row of the list as it is stored, with the names the request has for its fields. */
export function exportRow(doc: Doc): ExportRow {
  const stored = doc as unknown as Stored;
  const { id, agency, year, month, format, rows, sha256, bytes, pages } = stored;
  const { since, exportedAt, exportedBy } = stored;
  return {
    ...{ id, agency, type: stored.registerType, year, bookId: stored.exportedBook, month, format },
    ...{ revision: stored.registerRevision, rows, sha256, bytes, pages },
    ...{ since, exportedAt, exportedBy },
  };
}
