import {
  mandateFor,
  Refusal,
  ruleAsking,
  type CalendarDate,
  type Certifying,
  type KnownMandates,
} from '#domain';
import { mandateRefusals } from '../http/problems/mandate-refusals.ts';
import { mandateIn } from './mandate-row.ts';
import type { MandateNeed } from './need.dto.ts';

/** Whether a certification needs a mandate, and which it would stand on; decided as for a number. */
export function needOf(by: Certifying, known: KnownMandates, day: CalendarDate): MandateNeed {
  const rule = ruleAsking(by.authority, by.certifiedOn);
  const about = { isNeeded: rule !== undefined, source: rule?.source ?? null };
  try {
    const use = mandateFor(by, known);
    const mandate = use && mandateIn(known.mandates, use.id, day);
    return { ...about, mandate: mandate ?? null, missing: null };
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'MANDATE_MISSING')) throw error;
    const { details } = error as Refusal<'MANDATE_MISSING'>;
    return { ...about, mandate: null, missing: mandateRefusals.MANDATE_MISSING.detail(details) };
  }
}
