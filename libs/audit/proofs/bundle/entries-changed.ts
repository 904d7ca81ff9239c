import { entryName } from './check-story.ts';
import type { BundleLine } from './lines.ts';

const CHANGES = [
  '"EntryCorrected"',
  '"EntryNumberVoided"',
  '"CertificationRevoked"',
  '"CorrectionProposed"',
];

/** Which entries something happens to after they were made. Malformed lines are told in the second reading. */
export async function entriesChanged(lines: AsyncIterable<string>): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  for await (const text of lines) {
    if (!CHANGES.some((type) => text.includes(type))) continue;
    try {
      const line = JSON.parse(text) as Partial<Extract<BundleLine, { event: unknown }>>;
      if (line.event) changed.add(entryName(line.event.stream, line.event.data['number']));
    } catch {
      return changed;
    }
  }
  return changed;
}
