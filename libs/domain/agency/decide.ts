import { changesBetween, isEmpty } from '../changes.ts';
import { requireDate, requireText } from '../checks.ts';
import { refuse } from '../refusal.ts';
import type {
  AcceptSuccession,
  AgencyCommand,
  EditAgency,
  RegisterAgency,
  RetireAgency,
} from './commands.ts';
import { canBeAgencyCode, type Agency, type AgencyState } from './agency.ts';
import { districtHasEnded } from './barrier.ts';
import { canBeIdentifier, canBeStatisticalCode, noCodes, type AgencyCodes } from './codes.ts';
import type { AgencyEvent } from './events.ts';

const agencyName = (name: string): string => requireText('agencyName', name);

/** The agency, which must be registered and not retired. */
function requireActive(state: AgencyState, code: string): Agency & { readonly state: 'active' } {
  const agency = state ?? refuse('AGENCY_NOT_FOUND', { code });
  if (agency.state === 'active') return agency;
  const { retiredOn, successor } = agency;
  return refuse('AGENCY_RETIRED', { code, retiredOn, successor });
}

/** The codes as they are asked for; what is left out stays as it is. */
function codesOf(
  before: AgencyCodes,
  { identifier, statisticalCode }: RegisterAgency | EditAgency,
): AgencyCodes {
  if (identifier !== undefined && !canBeIdentifier(identifier)) refuse('AGENCY_IDENTIFIER', {});
  if (statisticalCode !== undefined && !canBeStatisticalCode(statisticalCode))
    refuse('AGENCY_STATISTICAL_CODE', {});
  return {
    identifier: identifier ?? before.identifier,
    statisticalCode: statisticalCode ?? before.statisticalCode,
  };
}

const sameCodes = (one: AgencyCodes, other: AgencyCodes): boolean =>
  one.identifier === other.identifier && one.statisticalCode === other.statisticalCode;

function register(state: AgencyState, command: RegisterAgency): readonly AgencyEvent[] {
  const { code, level } = command;
  if (!canBeAgencyCode(code)) return refuse('AGENCY_CODE', {});
  const name = agencyName(command.name);
  const codes = codesOf(state ?? noCodes, command);
  if (!state) return [{ type: 'AgencyRegistered', data: { code, name, level, ...codes } }];
  const same = state.name === name && state.level === level && sameCodes(state, codes);
  return same ? [] : refuse('AGENCY_EXISTS', { code, name: state.name });
}

function edit(state: AgencyState, command: EditAgency): readonly AgencyEvent[] {
  const { code } = command;
  const agency = requireActive(state, code);
  const { level = agency.level, fourEyes = agency.fourEyes } = command;
  const name = command.name === undefined ? agency.name : agencyName(command.name);
  const { identifier, statisticalCode } = agency;
  const changes = changesBetween({ identifier, statisticalCode }, codesOf(agency, command));
  const isSame = name === agency.name && level === agency.level && fourEyes === agency.fourEyes;
  if (isSame && isEmpty(changes)) return [];
  const reason = requireText('reason', command.reason);
  const events: AgencyEvent[] = [];
  if (name !== agency.name)
    events.push({ type: 'AgencyRenamed', data: { code, from: agency.name, to: name, reason } });
  if (level !== agency.level) {
    const data = { code, from: agency.level, to: level, reason };
    events.push({ type: 'AgencyLevelChanged', data });
  }
  if (!isEmpty(changes))
    events.push({ type: 'AgencyCodesChanged', data: { code, changes, reason } });
  if (fourEyes !== agency.fourEyes) {
    const data = { code, from: agency.fourEyes, to: fourEyes, reason };
    events.push({ type: 'AgencyFourEyesChanged', data });
  }
  return events;
}

/** One that ended without anybody to take its registers over may still be given a successor. */
const endedWithoutSuccessor = (state: AgencyState) =>
  state?.state === 'retired' && state.successor === null ? state : undefined;

/** Registers never run in a circle: whoever takes them over still acts, and stands behind nobody it is to follow. */
function retire(state: AgencyState, command: RetireAgency): readonly AgencyEvent[] {
  const { code, successor, forebears, today } = command;
  if (state?.state === 'retired' && state.successor === successor) return [];
  const ended = endedWithoutSuccessor(state);
  const agency = ended ?? requireActive(state, code);
  const reason = requireText('reason', command.reason);
  // The day it ended stays the day it ended.
  const retiredOn = ended?.retiredOn ?? requireDate('retiredOn', command.retiredOn ?? today);
  if (retiredOn > today) refuse('DATE_IN_FUTURE', { field: 'retiredOn' });
  if (successor === code) refuse('SUCCESSOR_SELF', {});
  if (successor !== null && !canBeAgencyCode(successor)) {
    refuse('SUCCESSOR_NOT_FOUND', { code: successor });
  }
  if (successor !== null && [...agency.accepted, ...forebears].includes(successor)) {
    refuse('SUCCESSOR_CYCLE', { code, successor });
  }
  return [{ type: 'AgencyRetired', data: { code, successor, retiredOn, reason } }];
}

function accept(state: AgencyState, command: AcceptSuccession): readonly AgencyEvent[] {
  const { code, predecessor, reason, today } = command;
  const agency = state ?? refuse('SUCCESSOR_NOT_FOUND', { code });
  if (agency.state === 'retired') {
    const { retiredOn, successor } = agency;
    refuse('SUCCESSOR_RETIRED', { code, retiredOn, successor });
  }
  if (districtHasEnded(agency.level, today)) refuse('SUCCESSOR_DISTRICT', { code });
  if (agency.accepted.includes(predecessor)) return [];
  return [{ type: 'SuccessionAccepted', data: { code, predecessor, reason } }];
}

/** What a command on an agency leads to; none where it was carried out before. @throws Refusal */
export function decideAgency(state: AgencyState, command: AgencyCommand): readonly AgencyEvent[] {
  switch (command.type) {
    case 'RegisterAgency':
      return register(state, command);
    case 'EditAgency':
      return edit(state, command);
    case 'RetireAgency':
      return retire(state, command);
    case 'AcceptSuccession':
      return accept(state, command);
    default:
      return command satisfies never;
  }
}
