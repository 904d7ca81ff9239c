import {
  mandateKindLabels,
  mandateOn,
  Refusal,
  shownScope,
  type CalendarDate,
  type Mandate,
  type Mandates,
  type MandateStatus,
} from '#domain';
import type { Condition, Doc } from '#read-store';
import type { MandateFacts, MandateRow } from './mandates.dto.ts';

/** A mandate on the day it is read. */
function facts(mandate: Mandate, day: CalendarDate): MandateFacts {
  const ended = { endedOn: null, endReason: null };
  return {
    ...ended,
    ...mandateOn(mandate, day),
    mandateKindLabel: mandateKindLabels[mandate.mandateKind],
    scopeLabel: shownScope(mandate.scope),
  };
}

/** The mandate of a command, as its caller sees it; undefined where there is none. */
export function mandateIn(
  state: Mandates,
  id: string,
  day: CalendarDate,
): MandateFacts | undefined {
  const found = state.find((one) => one.id === id);
  return found && facts(found, day);
}

/** The same, where the command has left it behind. @throws Refusal MANDATE_NOT_FOUND */
export function mandateFacts(state: Mandates, id: string, day: CalendarDate): MandateFacts {
  const found = mandateIn(state, id, day);
  if (!found) throw new Refusal('MANDATE_NOT_FOUND', {});
  return found;
}

/** A row of the list as it is stored: what it is sorted and found by is nobody's business. */
export function mandateRow(doc: Doc, day: CalendarDate): MandateRow {
  const { holderFullNameOrder: _order, outFrom: _out, ...stored } = doc;
  const row = stored as unknown as MandateRow & Mandate;
  const { state: _state, ...shown } = { ...row, ...facts(row, day) };
  return shown;
}

type Filter = Readonly<Record<string, Condition>>;

/** The stored fields that make a status, which is derived on reading. */
export function statusFilter(status: MandateStatus | undefined, day: CalendarDate): Filter {
  switch (status) {
    case undefined:
      return {};
    case 'not-yet':
      return { validFrom: { gt: day } };
    case 'in-force':
      return { validFrom: { lte: day }, outFrom: { gt: day } };
    case 'over':
      return { state: 'recorded', validFrom: { lte: day }, outFrom: { lte: day } };
    case 'ended':
      return { state: 'ended', validFrom: { lte: day }, outFrom: { lte: day } };
    default:
      return status satisfies never;
  }
}
