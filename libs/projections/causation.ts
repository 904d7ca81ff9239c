import type { Doc } from '#read-store';
import type { Find } from './history.ts';
import { auditHistory } from './models/audit-history.ts';

/** A command of a request, and what came of it in the order of the log. */
export interface Command {
  readonly causationId: string;
  readonly account: string;
  readonly actor: string;
  readonly occurredAt: string;
  /** Lines of the history. */
  readonly events: readonly Doc[];
}

export interface Causation {
  readonly commands: readonly Command[];
  /** There are more events than are told. */
  readonly isCut?: true;
}

/** Events that are told of one request, at most: a request has a few; who gives many one name has more. */
const MOST_EVENTS = 500;

/** What one request led to in an agency: its commands, and the events of each; undefined where it led to nothing. */
export async function causationTree(
  find: Find,
  request: { readonly agency: string; readonly correlationId: string },
): Promise<Causation | undefined> {
  const { items, next } = await find(auditHistory, {
    filter: { ...request },
    sort: [{ field: 'order' }],
    limit: MOST_EVENTS,
  });
  if (items.length === 0) return undefined;
  const commands = new Map<string, Command & { events: Doc[] }>();
  for (const { doc } of items) {
    const causationId = doc['causationId'] as string;
    const command = commands.get(causationId) ?? {
      causationId,
      account: doc['account'] as string,
      actor: doc['actor'] as string,
      occurredAt: doc['occurredAt'] as string,
      events: [],
    };
    command.events.push(doc);
    commands.set(causationId, command);
  }
  return { commands: [...commands.values()], ...(next !== undefined && { isCut: true }) };
}
