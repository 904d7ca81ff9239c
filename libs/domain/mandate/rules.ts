import type { Authority } from '../register/authority.ts';

/** From when on who certifies in another's place needs a recorded mandate, as one decree says it. */
export interface MandateRule {
  readonly source: string;
  /** The day it takes effect. */
  readonly since: string;
  /** By which authorities somebody signs in the chairman's place; TM., and none, are the chairman's own. */
  readonly standingIn: readonly Authority[];
}

/** Rules with the day each takes effect, latest first. A new one is a row here and nothing else. */
export const mandateRules: readonly MandateRule[] = [
  {
    source: 'Nghị định 280/2025/NĐ-CP',
    since: '2025-11-01',
    standingIn: ['KT.', 'TL.', 'TUQ.'],
  },
];

/** The rule in force on a day, `YYYY-MM-DD`; undefined before the first. */
export const mandateRuleOn = (day: string): MandateRule | undefined =>
  mandateRules.find(({ since }) => day >= since);

/** The rule by which who signs so on this day needs a mandate; undefined where none is needed. */
export function ruleAsking(authority: Authority | null, day: string): MandateRule | undefined {
  const rule = mandateRuleOn(day);
  return authority !== null && rule?.standingIn.includes(authority) ? rule : undefined;
}

/** Whether there is a day on which who signs so needs one. */
export const mayNeedMandate = (authority: Authority | null): boolean =>
  authority !== null && mandateRules.some(({ standingIn }) => standingIn.includes(authority));
