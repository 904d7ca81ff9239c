import { refuse } from '../refusal.ts';
import { sameName } from '../text.ts';
import { isInForce, type Mandate, type Mandates } from './mandate.ts';
import { ruleAsking } from './rules.ts';
import { mandateDemands, type Certifying, type MandateLack, type MandateUse } from './use.ts';

/** An agency's mandates as they were read for a command. */
export interface KnownMandates {
  readonly revision: number;
  readonly mandates: Mandates;
}

/** Whether a mandate meets each. */
const demands: Readonly<Record<MandateLack, (one: Mandate, by: Certifying) => boolean>> = {
  person: (one, by) => sameName(one.holderFullName, by.certifierFullName),
  account: (one, by) =>
    one.holderAccount === null || by.account === null || one.holderAccount === by.account,
  title: (one, by) => sameName(one.holderTitle, by.certifierTitle),
  scope: (one, by) => one.scope === null || one.scope.includes(by.type),
  dates: (one, by) => isInForce(one, by.certifiedOn),
};

/** The first demand this one fails; undefined where it meets all. */
const lackOf = (one: Mandate, by: Certifying): MandateLack | undefined =>
  mandateDemands.find((kind) => !demands[kind](one, by));

/** Whether somebody may certify so by this mandate. */
export const covers = (one: Mandate, by: Certifying): boolean => lackOf(one, by) === undefined;

/**
 * The mandate a certification stands on: the latest recorded of those that cover it; null where none
 * is needed. @throws Refusal MANDATE_MISSING, with what the nearest one lacks
 */
export function mandateFor(by: Certifying, known: KnownMandates | undefined): MandateUse | null {
  const rule = ruleAsking(by.authority, by.certifiedOn);
  if (!rule || by.authority === null) return null;
  const mandates = known?.mandates ?? [];
  const found = mandates.findLast((one) => covers(one, by));
  if (found && known) {
    const { id, mandateNumber } = found;
    return { id, mandateNumber, revision: known.revision };
  }
  const lacks = mandates.map((one) => mandateDemands.indexOf(lackOf(one, by) ?? 'person'));
  const lack = mandateDemands[Math.max(0, ...lacks)] ?? 'person';
  const { authority, certifierFullName, certifierTitle, certifiedOn, type } = by;
  const of = { authority, certifierFullName, certifierTitle, certifiedOn, type };
  return refuse('MANDATE_MISSING', { ...of, since: rule.since, lack });
}
