import { randomUUID } from 'node:crypto';
import type { CommandContext } from '#commands';
import { derivedId } from '../derived-id.ts';
import type { Job, JobAsked } from './job.ts';

interface Asked extends JobAsked {
  readonly agency: string;
  readonly revision: number;
  readonly total: number;
  readonly now: Date;
}

/** A job that has yet to begin: under one key of an account it is always the same one. */
export function newJob(
  { actor: { account }, idempotencyKey, requestHash }: CommandContext,
  { now, ...asked }: Asked,
): Job {
  const id = derivedId(idempotencyKey, 'export', asked.agency, account).slice(0, 32);
  const at = now.toISOString();
  return {
    ...asked,
    ...{
      id,
      run: randomUUID(),
      account,
      requestHash: requestHash ?? null,
      state: 'waiting',
      rows: 0,
      code: null,
    },
    ...{ startedAt: at, updatedAt: at, sha256: null, bytes: null, pages: null },
  };
}
