import { changesBetween, isEmpty } from '../changes.ts';
import { requireDate, requireText, together } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { registerType, registerTypes } from '../register/types.ts';
import { tidy } from '../text.ts';
import type { EndMandate, MandateCommand, RecordMandate } from './commands.ts';
import type { MandateEvent, MandateFields } from './events.ts';
import type { Mandate, Mandates } from './mandate.ts';

/** They are read whole for every number that needs one. */
const MOST_MANDATES = 2000;

/** Types each once, in the order there are; null where it covers all. @throws Error for a type there is not */
function checkedScope(scope: readonly string[] | null): readonly string[] | null {
  if (scope === null) return null;
  const types = scope.map(registerType);
  if (types.length === 0) refuse('REQUIRED', { field: 'scope' });
  return registerTypes.filter((type) => types.includes(type)).map(({ code }) => code);
}

/** An ủy quyền is for a time (Luật Tổ chức chính quyền địa phương); a phân công may be until it is taken back. */
function checkedEnd({ mandateKind, validTo }: MandateFields): string | null {
  if (validTo !== null) return requireDate('validTo', validTo);
  return mandateKind === 'delegation' ? refuse('REQUIRED', { field: 'validTo' }) : null;
}

const textOrNothing = (field: 'holderAccount', value: string | null): string | null =>
  value === null || tidy(value) === '' ? null : requireText(field, value);

function checkedFields({ fields, today }: RecordMandate): MandateFields {
  const checked = together<MandateFields>({
    mandateKind: () => fields.mandateKind,
    holderFullName: () => requireText('holderFullName', fields.holderFullName),
    holderTitle: () => requireText('holderTitle', fields.holderTitle),
    holderAccount: () => textOrNothing('holderAccount', fields.holderAccount),
    mandateIssuer: () => requireText('mandateIssuer', fields.mandateIssuer),
    mandateNumber: () => requireText('mandateNumber', fields.mandateNumber),
    issuedOn: () => {
      const issuedOn = requireDate('issuedOn', fields.issuedOn);
      return issuedOn > today ? refuse('DATE_IN_FUTURE', { field: 'issuedOn' }) : issuedOn;
    },
    scope: () => checkedScope(fields.scope),
    validFrom: () => requireDate('validFrom', fields.validFrom),
    validTo: () => checkedEnd(fields),
  });
  const { issuedOn, validFrom, validTo } = checked;
  if (validFrom < issuedOn) refuse('MANDATE_BEFORE_ISSUE', { issuedOn });
  if (validTo !== null && validTo < validFrom) refuse('MANDATE_DATES', { validFrom });
  return checked;
}

/** Lists are compared by what is in them. */
const comparable = (fields: MandateFields) => ({ ...fields, scope: fields.scope?.join() ?? null });

function record(state: Mandates, command: RecordMandate): readonly MandateEvent[] {
  const { id } = command;
  const fields = checkedFields(command);
  const known = state.find((one) => one.id === id);
  if (known) {
    const same = isEmpty(changesBetween(comparable(known), comparable(fields)));
    return same ? [] : refuse('MANDATE_EXISTS', { mandateNumber: known.mandateNumber });
  }
  const taken = state.find((one) => isSameDocument(one, fields));
  if (taken) refuse('MANDATE_EXISTS', { mandateNumber: taken.mandateNumber });
  if (state.length >= MOST_MANDATES) refuse('MANDATES_EXHAUSTED', { most: MOST_MANDATES });
  return [{ type: 'MandateRecorded', data: { id, ...fields } }];
}

/** One document may name several people, and each once; what was ended may be recorded anew. */
const isSameDocument = (one: Mandate, { mandateNumber, issuedOn, ...who }: MandateFields) =>
  one.state === 'recorded' &&
  one.mandateNumber === mandateNumber &&
  one.issuedOn === issuedOn &&
  one.holderFullName === who.holderFullName &&
  one.holderTitle === who.holderTitle;

function end(state: Mandates, command: EndMandate): readonly MandateEvent[] {
  const { id, today } = command;
  const mandate = state.find((one) => one.id === id) ?? refuse('MANDATE_NOT_FOUND', {});
  const endedOn = requireDate('endedOn', command.endedOn ?? today);
  const reason = requireText('reason', command.reason);
  const { mandateNumber, validFrom, validTo } = mandate;
  if (mandate.state === 'ended') {
    const same = mandate.endedOn === endedOn && mandate.endReason === reason;
    return same ? [] : refuse('MANDATE_ENDED', { mandateNumber, endedOn: mandate.endedOn });
  }
  const isWithin = endedOn >= validFrom && (validTo === null || endedOn <= validTo);
  if (!isWithin) refuse('MANDATE_END_OUTSIDE', { validFrom, validTo });
  return [{ type: 'MandateEnded', data: { id, endedOn, reason } }];
}

/** What a command on an agency's mandates leads to; none where it was carried out before. @throws Refusal */
export function decideMandates(state: Mandates, command: MandateCommand): readonly MandateEvent[] {
  switch (command.type) {
    case 'RecordMandate':
      return record(state, command);
    case 'EndMandate':
      return end(state, command);
    default:
      return command satisfies never;
  }
}
