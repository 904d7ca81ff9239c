import type { FindingCode } from './findings.ts';

/** Told what is wrong with the event that is being looked at. */
export type Report = (
  code: FindingCode,
  details?: Readonly<Record<string, string | number | null>>,
) => void;
