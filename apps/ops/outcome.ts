/**
 * What a command found: 0 all is as it should be, 1 a difference or something that needs a decision.
 * What could not be done is thrown, and ends with 2.
 */
export interface Outcome {
  readonly status: 0 | 1;
  /** For people. */
  readonly lines: readonly string[];
  /** The same for machines: one line each. */
  readonly json: readonly unknown[];
}

export const found = (isRight: boolean, lines: readonly string[], ...json: unknown[]): Outcome => ({
  status: isRight ? 0 : 1,
  lines,
  json,
});

/** Every command takes it. */
export interface Told {
  /** For machines: lines of JSON. */
  readonly json?: boolean;
}
