/** For whom, and for how long, the server works on a read. */
export interface Patience {
  readonly signal: AbortSignal;
  readonly maxTimeMS: number;
}
