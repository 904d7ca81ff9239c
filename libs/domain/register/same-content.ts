import { refuse } from '../refusal.ts';
import { tidy } from '../text.ts';
import type { AssignEntryNumber } from './commands.ts';
import { columnsOf, type Difference, type Entry } from './entry.ts';
import type { EntryColumns, ImageUse } from './events.ts';

/**
 * A document that has a number is given no other: asked for again with the content it has, or had
 * before it was corrected, nothing happens. Refuses other content, with the entry there.
 */
export function requireSameContent(entry: Entry, command: AssignEntryNumber): readonly [] {
  const differences = [...columnsThatDiffer(entry, command), ...imagesThatDiffer(entry, command)];
  return differences.length === 0 ? [] : refuse('DOCUMENT_NUMBERED', { entry, differences });
}

function columnsThatDiffer(entry: Entry, command: AssignEntryNumber): Difference[] {
  const certifiedOn = command.certifiedOn ?? entry.certifiedOn;
  const { pages = null } = command;
  // What follows from the others is not asked for.
  const { proposedFee: _follows, ...columns } = columnsOf({
    ...command,
    certifiedOn,
    pages,
    proposedFee: null,
  });
  const asked = Object.entries(columns);
  return asked.flatMap(([name, value]) => {
    const field = name as keyof EntryColumns;
    const given = typeof value === 'string' ? tidy(value) : value;
    const known = [entry[field], entry.assignedAs?.[field] ?? entry[field]];
    return known.includes(given) ? [] : [{ field, there: entry[field], asked: given }];
  });
}

function imagesThatDiffer(entry: Entry, command: AssignEntryNumber): Difference[] {
  return (['signature', 'seal'] as const).flatMap((field) => {
    const [there, asked] = [idOf(entry[field]), idOf(command[field])];
    return there === asked ? [] : [{ field, there, asked }];
  });
}

const idOf = (use: ImageUse | null): string | null => use?.id ?? null;
