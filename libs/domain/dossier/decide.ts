import { CLOCK_SKEW_MS, isCalendarDate, vietnameseDate } from '../calendar.ts';
import { requireText, requireWhole, together } from '../checks.ts';
import { firstInstantIn } from '../instants.ts';
import type { Field } from '../labels.ts';
import { refuse } from '../refusal.ts';
import { canBeSegment, tidy } from '../text.ts';
import { due, isWorkingDay, workingDayAfter } from '../work-calendar/work-calendar.ts';
import type { DossierCommand, ExtendDossier, ReceiveDossier, ReturnDossier } from './commands.ts';
import type { AppointmentFault, Dossier, DossierState } from './dossier.ts';
import type { DossierEvent } from './events.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** [D] Far beyond what comes in late, near enough that a mistyped year is found. */
const MOST_DAYS_AGO = 366;
/** The same of a promise, from when the dossier was received. */
const MOST_DAYS_AHEAD = 366;
/** NĐ 23/2015 Điều 21: longer than this only by an agreement in writing. */
const DAYS_WITHOUT_AGREEMENT = 2;

/**
 * An instant with its hour, to the second: what is decided is what people read. Without an offset it
 * is in Việt Nam; a day alone says no hour.
 */
function requireInstant(field: Field, text: string): Date {
  if (tidy(text) === '') refuse('REQUIRED', { field });
  const instant = isCalendarDate(text) ? undefined : firstInstantIn(text);
  return instant ? toSecond(instant) : refuse('TIME_FORMAT', { field });
}

function toSecond(instant: Date): Date {
  const second = new Date(instant);
  second.setUTCMilliseconds(0);
  return second;
}

/** Names a dossier in an address, too. */
function requireCode(value: string): string {
  const code = requireText('dossier', value);
  return canBeSegment(code) ? code : refuse('DOSSIER_CODE', {});
}

const textOrNothing = (field: 'requester', value: string | null): string | null =>
  value === null || tidy(value) === '' ? null : requireText(field, value);

/** Neither to come nor so long ago that the year will have been mistyped. */
function requireRecent(receivedAt: Date, now: Date): void {
  if (receivedAt.getTime() > now.getTime() + CLOCK_SKEW_MS)
    refuse('DOSSIER_RECEIVED_AT', { because: 'future' });
  const earliest = now.getTime() - MOST_DAYS_AGO * DAY_MS;
  if (receivedAt.getTime() < earliest) refuse('DOSSIER_RECEIVED_AT', { because: 'long-ago' });
}

function receive(state: DossierState, command: ReceiveDossier): readonly DossierEvent[] {
  const { agency, calendar, now } = command;
  const { receivedAt: given, ...checked } = together({
    dossier: () => requireCode(command.dossier),
    documents: () => requireWhole('documents', command.documents),
    requester: () => textOrNothing('requester', command.requester),
    receivedAt: () =>
      command.receivedAt === undefined ? null : requireInstant('receivedAt', command.receivedAt),
  });
  if (state) {
    const isSame =
      state.documents === checked.documents &&
      state.requester === checked.requester &&
      (given === null || given.toISOString() === state.receivedAt);
    return isSame ? [] : refuse('DOSSIER_EXISTS', { stands: state });
  }
  const receivedAt = given ?? toSecond(now);
  requireRecent(receivedAt, now);
  const { dueAt, isKnown: calendarKnown } = due(receivedAt, calendar);
  const when = { receivedAt: receivedAt.toISOString(), dueAt: dueAt.toISOString(), calendarKnown };
  return [{ type: 'DossierReceived', data: { agency, ...checked, ...when } }];
}

/** The dossier, which was received. */
const requireReceived = (state: DossierState, dossier: string): Dossier =>
  state ?? refuse('DOSSIER_NOT_FOUND', { dossier });

/** Why it cannot be promised for then; undefined where it can. */
function timeFault(
  dossier: Dossier,
  dueAt: Date,
  { calendar, now }: ExtendDossier,
): AppointmentFault | undefined {
  const { receivedAt, firstDueAt } = dossier;
  if (dueAt <= now) return 'past';
  if (dueAt.toISOString() <= firstDueAt) return 'not-later';
  if (dueAt.getTime() > Date.parse(receivedAt) + MOST_DAYS_AHEAD * DAY_MS) return 'too-far';
  return isWorkingDay(calendar, vietnameseDate(dueAt)) ? undefined : 'day-off';
}

/** Counted from what the law says, however often it was promised anew since. */
function requireAgreement(firstDueAt: string, dueAt: Date, command: ExtendDossier): void {
  if (command.agreedInWriting) return;
  const firstDueOn = vietnameseDate(new Date(firstDueAt));
  const latest = workingDayAfter(command.calendar, firstDueOn, DAYS_WITHOUT_AGREEMENT);
  if (vietnameseDate(dueAt) > latest) refuse('APPOINTMENT_AGREEMENT', { latest });
}

function extend(state: DossierState, command: ExtendDossier): readonly DossierEvent[] {
  const { agency, agreedInWriting } = command;
  const dossier = requireReceived(state, command.dossier);
  const { dueAt: at, reason } = together({
    dueAt: () => requireInstant('dueAt', command.dueAt),
    reason: () => requireText('reason', command.reason),
  });
  const dueAt = at.toISOString();
  const { appointment, dueAt: dueBefore, firstDueAt } = dossier;
  const isSame =
    appointment?.dueAt === dueAt &&
    appointment.reason === reason &&
    appointment.agreedInWriting === agreedInWriting;
  if (isSame) return [];
  if (dossier.state === 'returned') refuse('DOSSIER_RETURNED', { dossier: dossier.dossier });
  const because = timeFault(dossier, at, command);
  if (because !== undefined) refuse('APPOINTMENT_TIME', { because, firstDueAt });
  requireAgreement(firstDueAt, at, command);
  const data = { agency, dossier: dossier.dossier, dueBefore, dueAt, reason, agreedInWriting };
  return [{ type: 'DossierExtended', data }];
}

function giveBack(state: DossierState, command: ReturnDossier): readonly DossierEvent[] {
  const found = requireReceived(state, command.dossier);
  const { agency, dossier } = found;
  const reason = requireText('reason', command.reason);
  if (found.state === 'received')
    return [{ type: 'DossierReturned', data: { agency, dossier, reason } }];
  return found.returnReason === reason ? [] : refuse('DOSSIER_RETURNED', { dossier });
}

/** What a command on a dossier leads to; none where it was carried out before. @throws Refusal */
export function decideDossier(
  state: DossierState,
  command: DossierCommand,
): readonly DossierEvent[] {
  switch (command.type) {
    case 'ReceiveDossier':
      return receive(state, command);
    case 'ExtendDossier':
      return extend(state, command);
    case 'ReturnDossier':
      return giveBack(state, command);
    default:
      return command satisfies never;
  }
}
