import { registerStream, streamPrefixes, type EntryNumberAssigned } from '#domain';
import { CompactRange, leafHashOf, toBase64 } from '#audit/proofs';
import type { EventStore, Position } from '#event-store';
import type { Given } from '../histories/numbering.ts';

/** What the log itself holds, read on from where it was read to, by nothing of the service but its store. */
export class LogReader {
  /** Numbers of each register, by its stream, in the order of the log. */
  private readonly registers = new Map<string, Given[]>();
  readonly roots = new Map<number, string>();
  readonly faults: string[] = [];
  private readonly tree = new CompactRange();
  private readonly revisions = new Map<string, number>();
  private readonly ids = new Set<string>();
  private position: Position | undefined;

  constructor(private readonly log: EventStore) {}

  get events(): number {
    return this.tree.size;
  }

  /** Numbers of the guide's year. */
  numbersOf(agency: string): readonly Given[] {
    return this.registers.get(registerStream({ agency, type: 'SCTDT.BS', year: 2024 })) ?? [];
  }

  /** Reads what was written since. */
  async readOn(): Promise<void> {
    const after = this.position === undefined ? {} : { after: this.position };
    for await (const event of this.log.readAll({ ...after, prefixes: streamPrefixes })) {
      const { stream, revision, id, type, data, position } = event;
      this.position = position;
      const expected = (this.revisions.get(stream) ?? -1) + 1;
      if (revision !== expected)
        this.faults.push(`${stream}: ${revision} stands where ${expected} belongs`);
      if (this.ids.has(id)) this.faults.push(`${stream}: event ${id} is there twice`);
      this.revisions.set(stream, revision);
      this.ids.add(id);
      this.tree.appendSubtree(1, leafHashOf(event));
      this.roots.set(this.tree.size, toBase64(this.tree.root()));
      if (type === 'EntryNumberAssigned') this.note(stream, data);
    }
  }

  private note(stream: string, data: Readonly<Record<string, unknown>>): void {
    const { dossier, document, number } = data as unknown as EntryNumberAssigned['data'];
    const numbers = this.registers.get(stream) ?? [];
    this.registers.set(stream, numbers);
    numbers.push({ document: `${dossier}/${document}`, number });
  }
}
