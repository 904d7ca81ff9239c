import {
  belongsTo,
  mayBelongTo,
  picturesIn,
  readEvent,
  readMetadata,
  registerKeyOf,
  type DomainEvent,
  type EventMetadata,
  type RegisterEvent,
} from '#domain';
import type { SealedEvent } from '../leaf.ts';
import { DossiersCheck } from './check-dossiers.ts';
import { MandatesCheck } from './check-mandates.ts';
import { RegisterCheck } from './check-register.ts';
import { RightsCheck } from './check-rights.ts';
import { SpecimensCheck } from './check-specimens.ts';
import type { Finding } from './findings.ts';
import { UnreadableBundle, type BundleScope } from './lines.ts';
import type { Ahead } from './look-ahead.ts';
import type { Report } from './report.ts';

/** Whether what the events say can have happened, one after another, by the rules of the domain. */
export class StoryCheck {
  private readonly registers = new Map<string, RegisterCheck>();
  private readonly rights = new RightsCheck();
  private readonly specimens = new SpecimensCheck();
  private readonly mandates = new MandatesCheck();
  private readonly dossiers = new DossiersCheck();
  /** Hashes of the pictures that the events name. */
  readonly pictures = new Set<string>();
  /** Numbers given. */
  numbers = 0;
  private events = 0;

  constructor(
    private readonly scope: BundleScope,
    private readonly ahead: Ahead,
    private readonly found: (finding: Finding) => void,
  ) {}

  see(sealed: SealedEvent, index: number): void {
    const { stream, revision, type, data } = sealed;
    this.events += 1;
    const last = this.ahead.get(stream)?.last;
    if (last === undefined)
      throw new UnreadableBundle('the file is another than when it was first read');
    const report: Report = (code, details = {}) =>
      this.found({ code, details, index, stream, revision });
    if (!isIn(this.scope, stream)) report('OUTSIDE_SCOPE');
    try {
      const metadata = readMetadata(sealed.metadata);
      const event = readEvent(type, data, () => metadata.schemaVersion);
      this.fold(stream, event, metadata, report);
    } catch (error) {
      report('UNREADABLE_EVENT', { detail: (error as Error).message });
    }
    if (last === this.events) this.end(stream);
  }

  /** Nothing more comes of a stream. */
  private end(stream: string): void {
    this.registers.delete(stream);
    this.dossiers.end(stream);
    this.ahead.delete(stream);
  }

  private fold(stream: string, event: DomainEvent, metadata: EventMetadata, report: Report): void {
    const { schemaVersion, actor } = metadata;
    const { account, agency } = actor;
    const register = registerKeyOf(stream);
    if (!belongsTo(stream, event, actor)) report('FOREIGN', { type: event.type, account, agency });
    this.rights.see(stream, event, metadata, report);
    this.specimens.see(stream, event, register?.agency ?? agency, report);
    this.mandates.see(stream, event, report);
    this.dossiers.see(stream, event, report);
    if (register) {
      const written = { register, schemaVersion, report };
      this.registerAt(stream).see(event as RegisterEvent, account, written);
    }
    if (event.type === 'EntryNumberAssigned') this.numbers += 1;
    for (const sha256 of picturesIn(event.data)) this.pictures.add(sha256);
  }

  private registerAt(stream: string): RegisterCheck {
    const known = this.registers.get(stream);
    if (known) return known;
    const changed = this.ahead.get(stream)?.changed;
    const made = new RegisterCheck((number) => changed?.has(number) ?? false, this.mandates);
    this.registers.set(stream, made);
    return made;
  }
}

/** Whether a stream belongs into a bundle of this part of the log. */
export function isIn(scope: BundleScope, stream: string): boolean {
  const register = registerKeyOf(stream);
  switch (scope.kind) {
    case 'everything':
      return true;
    case 'agency':
      return mayBelongTo(stream, scope.agency);
    case 'register': {
      const agency = registerKeyOf(scope.register)?.agency;
      if (register) return stream === scope.register;
      return agency !== undefined && mayBelongTo(stream, agency);
    }
    case 'year':
      return register === undefined || register.year === scope.year;
    default:
      return scope satisfies never;
  }
}
