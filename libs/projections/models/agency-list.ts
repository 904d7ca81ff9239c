import { applyChanges, type Changes, type DomainEvent } from '#domain';
import type { Doc } from '#read-store';
import { withOrders } from './name-order.ts';
import type { DocChange, ProjectedEvent, Projection } from '../projection.ts';

/** Danh sách cơ quan: one document an agency, with who took over from whom. */
export const agencyList: Projection = {
  name: 'agency_list',
  version: 6,
  reads: ['agency-'],
  indexes: [
    ['code'],
    ['nameOrder'],
    ['level', 'code'],
    ['level', 'nameOrder'],
    ['state', 'code'],
    ['state', 'nameOrder'],
  ],
  counted: [['level', 'state']],
  searchable: ['code', 'name'],
  project,
  // The end of one agency changes the document of its successor.
  partition: () => 'agencies',
};

type AgencyChange = (before: Doc) => Doc;

/** A change of the agency's document that also moves its revision. */
function step(id: string, { revision }: ProjectedEvent, change: AgencyChange): DocChange {
  return { id, change: (before) => ({ ...change(before), revision }) };
}

type Retired = Extract<DomainEvent, { type: 'AgencyRetired' }>['data'];

/** The one that ends, and in the successor's document the one it follows. */
function retired(data: Retired, projected: ProjectedEvent): readonly DocChange[] {
  const { code, successor, retiredOn, reason } = data;
  const ended = { state: 'retired', successor, retiredOn, retireReason: reason };
  const own = step(code, projected, (before) => ({ ...before, ...ended }));
  if (successor === null) return [own];
  const inherit: AgencyChange = (before) => {
    const earlier = (before['predecessors'] ?? []) as readonly string[];
    return { ...before, predecessors: [...earlier, code] };
  };
  return [own, { id: successor, change: inherit }];
}

function project(projected: ProjectedEvent): readonly DocChange[] {
  const { event, metadata, revision } = projected;
  switch (event.type) {
    case 'AgencyRegistered': {
      const { code, ...own } = event.data;
      const made = { registeredAt: metadata.occurredAt, registeredBy: metadata.actor.name };
      const unended = { successor: null, retiredOn: null, retireReason: null, predecessors: [] };
      const facts = { agency: code, code, ...own, fourEyes: false, state: 'active' };
      const doc = { ...facts, ...made, ...unended, revision };
      return [{ id: code, create: withOrders(doc, ['name']) }];
    }
    case 'AgencyRenamed': {
      const { code, to } = event.data;
      return [step(code, projected, (before) => withOrders({ ...before, name: to }, ['name']))];
    }
    case 'AgencyLevelChanged': {
      const { code, to } = event.data;
      return [step(code, projected, (before) => ({ ...before, level: to }))];
    }
    case 'AgencyFourEyesChanged': {
      const { code, to } = event.data;
      return [step(code, projected, (before) => ({ ...before, fourEyes: to }))];
    }
    case 'AgencyCodesChanged': {
      const { code, changes } = event.data;
      return [step(code, projected, (before) => applyChanges(before, changes as Changes<Doc>))];
    }
    case 'AgencyRetired':
      return retired(event.data, projected);
    case 'SuccessionAccepted':
      return [step(event.data.code, projected, (before) => before)];
    default:
      return [];
  }
}
