import {
  agencyLevelLabels,
  agencyStateLabels,
  districtHasEnded,
  type Agency,
  type CalendarDate,
} from '#domain';
import type { Doc } from '#read-store';
import type { AgencyFacts, AgencyRow } from './agencies.dto.ts';

type Stored = Omit<AgencyFacts, 'levelLabel' | 'stateLabel' | 'takesCommands'>;

/** An agency on the day it is read. */
function facts(
  { level, fourEyes, state, successor, retiredOn, ...called }: Stored,
  today: CalendarDate,
): AgencyFacts {
  return {
    code: called.code,
    name: called.name,
    level,
    levelLabel: agencyLevelLabels[level],
    identifier: called.identifier,
    statisticalCode: called.statisticalCode,
    state,
    fourEyes,
    stateLabel: agencyStateLabels[state],
    takesCommands: state === 'active' && !districtHasEnded(level, today),
    successor,
    retiredOn,
  };
}

/** The agency a command left behind. */
export const agencyFacts = (agency: Agency, today: CalendarDate): AgencyFacts =>
  facts({ successor: null, retiredOn: null, ...agency }, today);

/** Whose it is, and what it is sorted by. */
interface Hidden {
  readonly agency: string;
  readonly nameOrder: string;
}

/** A row of the list as it is stored, with what people read. */
export function agencyRow(doc: Doc, today: CalendarDate): AgencyRow {
  const { agency: _agency, nameOrder: _order, ...row } = doc as unknown as AgencyRow & Hidden;
  return { ...row, ...facts(row, today) };
}
