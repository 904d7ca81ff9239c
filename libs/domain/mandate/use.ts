import type { Authority } from '../register/authority.ts';

/** The mandate a number stands on, at the revision of the agency's mandates that was read for it. */
export interface MandateUse {
  readonly id: string;
  /** As people cite it. */
  readonly mandateNumber: string;
  readonly revision: number;
}

/** Who certifies what, when and by which authority. */
export interface Certifying {
  /** Code of the register's type. */
  readonly type: string;
  readonly certifiedOn: string;
  readonly certifierFullName: string;
  readonly certifierTitle: string;
  readonly authority: Authority | null;
  /** Whose signature stands under it, where one was named. */
  readonly account: string | null;
}

/** What a mandate has to meet, from what the nearest one fails first. */
export const mandateDemands = ['person', 'account', 'title', 'scope', 'dates'] as const;
export type MandateLack = (typeof mandateDemands)[number];
