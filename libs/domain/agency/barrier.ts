import type { CalendarDate } from '../calendar.ts';
import { Refusal } from '../refusal.ts';
import type { RegisterCommand } from '../register/commands.ts';
import type { DossierCommand } from '../dossier/commands.ts';
import type { MandateCommand } from '../mandate/commands.ts';
import type { SealCommand } from '../seal/commands.ts';
import type { SignatureCommand } from '../signature/commands.ts';
import type { AgencyState } from './agency.ts';
import type { AgencyLevel } from './events.ts';
import type { DomainEventType } from '../events.ts';

/** The last day of the districts: from 01/07/2025 there are provinces and communes only. */
const LAST_DAY_OF_DISTRICTS = '2025-06-30';

export const districtHasEnded = (level: AgencyLevel, today: CalendarDate): boolean =>
  level === 'district' && today > LAST_DAY_OF_DISTRICTS;

/**
 * What becomes of an agency nobody has registered: `open` lets it work, as an office that has just
 * installed the service must; `registered` does not.
 */
export type AgencyPolicy = 'open' | 'registered';

/** What stands in the way of an agency's own commands; undefined when nothing does. */
export function barrier(
  agency: AgencyState,
  code: string,
  { policy, today }: { readonly policy: AgencyPolicy; readonly today: CalendarDate },
): Refusal | undefined {
  if (!agency) return policy === 'open' ? undefined : new Refusal('AGENCY_NOT_FOUND', { code });
  if (agency.state === 'retired') {
    const { retiredOn, successor } = agency;
    return new Refusal('AGENCY_RETIRED', { code, retiredOn, successor });
  }
  return districtHasEnded(agency.level, today)
    ? new Refusal('AGENCY_DISTRICT_ENDED', { code })
    : undefined;
}

/** What two accounts have to agree on where an agency says so, and what there is to agree with. */
const alone: readonly string[] = ['CloseBook', 'CorrectEntry'] satisfies RegisterCommand['type'][];
const together: readonly string[] = [
  'ProposeClosing',
  'ProposeCorrection',
] satisfies RegisterCommand['type'][];

/**
 * What the agency somebody acts in has to say to how many accounts a command takes. What waits already
 * may be confirmed, refused or withdrawn whatever the agency says since.
 */
export function fourEyesBarrier(
  agency: AgencyState,
  code: string,
  command: OwnedCommand,
): Refusal | undefined {
  const isOn = agency?.fourEyes === true;
  if (isOn && alone.includes(command)) return new Refusal('PROPOSAL_NEEDED', { code });
  return !isOn && together.includes(command) ? new Refusal('PROPOSALS_OFF', { code }) : undefined;
}

type OwnedCommand = (
  RegisterCommand | SignatureCommand | SealCommand | MandateCommand | DossierCommand
)['type'];

/** What is left to do in the registers of an agency that is no more, and is its successor's to do; with what comes of it. */
const duties = {
  CloseBook: 'BookClosed',
  CorrectEntry: 'EntryCorrected',
  ProposeClosing: 'ClosingProposed',
  ProposeCorrection: 'CorrectionProposed',
  ConfirmProposal: 'EntryCorrected',
  WithdrawProposal: 'ProposalWithdrawn',
  RefuseProposal: 'ProposalRefused',
  VoidEntryNumber: 'EntryNumberVoided',
  RevokeCertification: 'CertificationRevoked',
  ReturnDossier: 'DossierReturned',
} as const satisfies Partial<Record<OwnedCommand, DomainEventType>>;

/** Whether a successor may do it in the registers it has taken over: it finishes, it begins nothing. */
export const isSuccessorsDuty = (command: OwnedCommand): boolean => Object.hasOwn(duties, command);

/** The same, seen from the log. */
export const isOfSuccessorsDuty = (event: DomainEventType): boolean =>
  ['ProposalLapsed', 'RevocationPublished'].includes(event) ||
  Object.values<DomainEventType>(duties).includes(event);
