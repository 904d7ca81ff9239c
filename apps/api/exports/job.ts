import type { Format } from '#paper';
import type { ProblemCode } from '../http/problems/codes.ts';

export const jobStates = ['waiting', 'running', 'done', 'failed', 'canceled'] as const;
export type JobState = (typeof jobStates)[number];

export const jobStateLabels: Readonly<Record<JobState, string>> = {
  waiting: 'Đang chờ',
  running: 'Đang in',
  done: 'Đã xong',
  failed: 'Không in được',
  canceled: 'Đã dừng',
};

/** What is printed, and how. */
export interface JobAsked {
  readonly type: string;
  readonly year: number;
  readonly bookId: string | null;
  readonly month: string | null;
  readonly format: Format;
}

/** A print in the making, or made, as every process sees it. */
export interface Job extends JobAsked {
  readonly id: string;
  /** Told apart by it are those who print under one id, one called off and the next; earlier releases kept none. */
  readonly run: string;
  readonly agency: string;
  readonly account: string;
  /** What the request asked for, where it has a key: the same under one key is one job. */
  readonly requestHash: string | null;
  readonly state: JobState;
  /** Of the register. */
  readonly revision: number;
  /** Printed so far, of about how many. */
  readonly rows: number;
  readonly total: number;
  /** Why it failed. */
  readonly code: ProblemCode | null;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly updatedAt: string;
  /** Of the file, once there is one. */
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly pages: number | null;
}

export const hasEnded = ({ state }: Pick<Job, 'state'>): boolean =>
  state === 'done' || state === 'failed' || state === 'canceled';

/** Whoever prints says so this often; one that is silent for so long has died. */
export const TOLD_MS = 1000;
const SILENT_MS = 60_000;

/** The job as it has to be told now: one whose process has died failed. */
export function jobAt(job: Job, now: Date): Job {
  const isSilent = now.getTime() - Date.parse(job.updatedAt) > SILENT_MS;
  return isSilent && !hasEnded(job) ? { ...job, state: 'failed', code: 'UNAVAILABLE' } : job;
}
