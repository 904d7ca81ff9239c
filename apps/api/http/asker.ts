import type { ApiRequest } from './request.ts';

/** The caller has gone: what is done for it ends, and nobody is answered. */
export class CallerLeft extends Error {
  override readonly name = 'CallerLeft';
}

/** Who asks, and whether it still waits. */
export interface Asker {
  readonly account: string;
  /** Fires with CallerLeft. */
  readonly signal: AbortSignal;
}

/** One for each request: what reads a hundred pages for it listens for its leaving once. */
const askers = new WeakMap<ApiRequest, Asker>();

export function askerOf(request: ApiRequest): Asker {
  const known = askers.get(request) ?? newAsker(request);
  askers.set(request, known);
  return known;
}

function newAsker({ caller, res: response }: ApiRequest): Asker {
  const leaving = new AbortController();
  const leave = (): void => leaving.abort(new CallerLeft('the caller has gone'));
  if (response?.destroyed === true) leave();
  // Also when it has its answer, and nothing is left to be ended.
  response?.once('close', leave);
  return { account: String(caller?.account), signal: leaving.signal };
}
