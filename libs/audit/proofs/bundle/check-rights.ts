import {
  agencyCodeOf,
  evolveAgency,
  isOfSuccessorsDuty,
  noAgency,
  registerKeyOf,
  rolesOf,
  type AgencyEvent,
  type AgencyState,
  type DomainEvent,
  type EventMetadata,
} from '#domain';
import type { Report } from './report.ts';

/** Two clocks, and a command that was under way, may differ by so much, in milliseconds. */
const SLACK_MS = 5 * 60_000;

/** Whether each actor had the right to what he did at that moment of the log. */
export class RightsCheck {
  private readonly agencies = new Map<
    string,
    {
      state: AgencyState;
      endedAt: string | undefined;
      fourEyesSince: string | undefined;
    }
  >();

  see(
    stream: string,
    event: DomainEvent,
    { actor, occurredAt }: EventMetadata,
    report: Report,
  ): void {
    const { type } = event;
    const { account, role, agency: actors } = actor;
    const allowed = rolesOf(event);
    if (!allowed.includes(role))
      report('ROLE', { type, account, role, wanted: allowed.join(', ') });
    const code = agencyCodeOf(stream);
    if (code !== undefined) {
      this.agencyChanged(code, event as AgencyEvent, occurredAt, report);
      return;
    }
    // An operator says what was lost, of whatever agency.
    if (role === 'operator') return;
    this.requireTwo(event, { account, agency: actors, occurredAt }, report);
    // What is no register is the actor's own, or is told as foreign.
    const owner = registerKeyOf(stream)?.agency ?? actors;
    const ended = this.endedBefore(owner, occurredAt);
    const isOwn = actors === owner;
    const mayAct = isOwn ? !ended : isOfSuccessorsDuty(type) && this.isHeir(owner, actors);
    if (!mayAct)
      report('AGENCY_ENDED', {
        type,
        agency: owner,
        actor: actors,
        retiredOn: ended?.retiredOn ?? null,
      });
  }

  /** Where an agency's people have to be two, one alone neither closes nor corrects. */
  private requireTwo(
    event: DomainEvent,
    { account, agency, occurredAt }: { account: string; agency: string; occurredAt: string },
    report: Report,
  ): void {
    const isOfTwo = event.type === 'BookClosed' || event.type === 'EntryCorrected';
    if (!isOfTwo || event.data.proposed !== null) return;
    const since = this.agencies.get(agency)?.fourEyesSince;
    if (since !== undefined && Date.parse(occurredAt) > Date.parse(since) + SLACK_MS)
      report('UNCONFIRMED', { type: event.type, agency, account });
  }

  private agencyChanged(
    code: string,
    event: AgencyEvent,
    occurredAt: string,
    report: Report,
  ): void {
    const before = this.agencies.get(code);
    try {
      const state = evolveAgency(before?.state ?? noAgency(), event);
      const endedAt = event.type === 'AgencyRetired' ? occurredAt : before?.endedAt;
      const isTwo = state?.fourEyes === true;
      const fourEyesSince = isTwo ? (before?.fourEyesSince ?? occurredAt) : undefined;
      this.agencies.set(code, { state, endedAt, fourEyesSince });
    } catch (error) {
      report('UNREADABLE_EVENT', { detail: (error as Error).message });
    }
  }

  private endedBefore(code: string, occurredAt: string) {
    const { state, endedAt } = this.agencies.get(code) ?? {};
    if (state?.state !== 'retired' || endedAt === undefined) return undefined;
    return Date.parse(occurredAt) > Date.parse(endedAt) + SLACK_MS ? state : undefined;
  }

  /** Whether an agency is the successor, or the successor's. */
  private isHeir(ended: string, heir: string): boolean {
    const seen = new Set<string>();
    for (
      let next = this.successor(ended);
      next !== null && !seen.has(next);
      next = this.successor(next)
    ) {
      if (next === heir) return true;
      seen.add(next);
    }
    return false;
  }

  private successor(code: string): string | null {
    const state = this.agencies.get(code)?.state;
    return state?.state === 'retired' ? state.successor : null;
  }
}
