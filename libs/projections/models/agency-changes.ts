import { agencyLevelLabels, agencyStateLabels, type AgencyEvent } from '#domain';
import { edits, firsts, stateChange, type AuditChange } from './audit-change.ts';

/** What of an agency an event changed. */
export function agencyChanges(event: AgencyEvent): AuditChange[] {
  switch (event.type) {
    case 'AgencyRegistered': {
      const { code, level, ...others } = event.data;
      const fields = { agencyCode: code, level: agencyLevelLabels[level], ...others };
      return firsts(fields, 'agency');
    }
    case 'AgencyRenamed': {
      const { from, to } = event.data;
      return edits({ name: { from, to } }, 'agency');
    }
    case 'AgencyLevelChanged': {
      const [from, to] = [agencyLevelLabels[event.data.from], agencyLevelLabels[event.data.to]];
      return edits({ level: { from, to } }, 'agency');
    }
    case 'AgencyFourEyesChanged': {
      const { from, to } = event.data;
      return edits({ fourEyes: { from, to } }, 'agency');
    }
    case 'AgencyCodesChanged':
      return edits(event.data.changes, 'agency');
    case 'AgencyRetired': {
      const { successor, retiredOn } = event.data;
      const ended = stateChange(agencyStateLabels.active, agencyStateLabels.retired);
      return [ended, ...firsts({ successor, retiredOn }, 'agency')];
    }
    case 'SuccessionAccepted':
      return firsts({ predecessor: event.data.predecessor }, 'agency');
    default:
      return event satisfies never;
  }
}
