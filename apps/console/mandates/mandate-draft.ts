import type { RecordMandateDto } from '#client';
import type { Faults } from '../api/command.ts';
import { typedDay } from '../parts/days.ts';
import { missingIn } from '../parts/missing.ts';
import type { Words } from '../words/vi.ts';

/** What is typed into the form; an empty scope is every type. */
export type MandateDraft = Readonly<
  Record<
    | 'mandateKind'
    | 'holderFullName'
    | 'holderTitle'
    | 'holderAccount'
    | 'mandateIssuer'
    | 'mandateNumber'
    | 'issuedOn'
    | 'scope'
    | 'validFrom'
    | 'validTo',
    string
  >
>;

export const emptyMandate: MandateDraft = {
  mandateKind: 'assignment',
  holderFullName: '',
  holderTitle: '',
  holderAccount: '',
  mandateIssuer: '',
  mandateNumber: '',
  issuedOn: '',
  scope: '',
  validFrom: '',
  validTo: '',
};

const must = [
  ...(['holderFullName', 'holderTitle', 'mandateIssuer', 'mandateNumber'] as const),
  ...(['issuedOn', 'validFrom'] as const),
];
const days = ['issuedOn', 'validFrom', 'validTo'] as const;

type Type = NonNullable<RecordMandateDto['scope']>[number];

/** The draft as the service takes it. */
export function mandateOf(draft: MandateDraft): RecordMandateDto {
  const { mandateKind, holderAccount, scope, validTo, ...texts } = draft;
  const day = (typed: string): string => typedDay(typed) ?? typed.trim();
  return {
    mandateKind: mandateKind as RecordMandateDto['mandateKind'],
    holderFullName: texts.holderFullName.trim(),
    holderTitle: texts.holderTitle.trim(),
    mandateIssuer: texts.mandateIssuer.trim(),
    mandateNumber: texts.mandateNumber.trim(),
    issuedOn: day(texts.issuedOn),
    validFrom: day(texts.validFrom),
    ...(holderAccount.trim() !== '' && { holderAccount: holderAccount.trim() }),
    ...(scope !== '' && { scope: scope.split(' ') as Type[] }),
    ...(validTo.trim() !== '' && { validTo: day(validTo) }),
  };
}

/** The scope with a type in it, or out of it. */
export function withType(scope: string, type: string, isIn: boolean): string {
  const others = scope.split(' ').filter((one) => one !== '' && one !== type);
  return (isIn ? [...others, type] : others).join(' ');
}

/** What can be told before anything is sent. */
export function faultsIn(draft: MandateDraft, words: Words): Faults {
  const labels = words.mandates.fields;
  const isLimited = draft.mandateKind === 'delegation';
  const noDays = days.filter(
    (name) => draft[name].trim() !== '' && typedDay(draft[name]) === undefined,
  );
  return {
    ...missingIn(draft, [...must, ...(isLimited ? (['validTo'] as const) : [])], labels, words),
    ...Object.fromEntries(noDays.map((name) => [name, words.badDay])),
  };
}
