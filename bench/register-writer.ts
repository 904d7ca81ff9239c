import { randomBytes, randomUUID } from 'node:crypto';
import { registerAggregate } from '#commands';
import {
  registerStream,
  schemaVersions,
  VERIFICATION_BYTES,
  verificationCodeOf,
  type AssignEntryNumber,
  type CalendarDate,
  type DomainEvent,
  type RegisterCommand,
  type RegisterKey,
  rolesOfEvent,
} from '#domain';
import type { EventStore, ExpectedRevision, JsonObject, NewEvent } from '#event-store';
import type { Samples } from './samples.ts';

/** Which register, and how many events its year will hold. */
export interface RegisterPlan {
  readonly agency: string;
  readonly year: number;
  readonly events: number;
}

const DAYS = 12 * 28;

/** Who does what in an office. */
const people: Readonly<Record<string, { readonly account: string; readonly name: string }>> = {
  'receiving-officer': { account: 'binh.tran', name: 'Trần Thị Bình' },
  certifier: { account: 'an.nguyen', name: 'Nguyễn Văn An' },
  clerk: { account: 'thu.hoang', name: 'Hoàng Văn Thư' },
};

/** An event with the metadata the service would write beside it. */
export function newEvent(event: DomainEvent, agency: string, occurredAt: string): NewEvent {
  const [role = ''] = rolesOfEvent[event.type];
  const actor = { ...(people[role] ?? people['receiving-officer']), role, agency };
  const correlationId = randomUUID();
  const causationId = randomUUID();
  const schemaVersion = schemaVersions[event.type];
  return {
    id: randomUUID(),
    type: event.type,
    data: event.data as unknown as JsonObject,
    metadata: { actor, occurredAt, correlationId, causationId, schemaVersion },
  };
}

/** A number for a document of its own, as a desk would ask for it. */
export function assignment(
  key: RegisterKey,
  dossier: string,
  { samples, today }: { readonly samples: Samples; readonly today: CalendarDate },
): AssignEntryNumber {
  const { agency } = key;
  const sha256 = 'd1f0a5c37b92e84610fd5b3c9e7a28d4'.repeat(2);
  return {
    type: 'AssignEntryNumber',
    register: key,
    bookId: bookIdOf(key),
    dossier,
    document: 1 + samples.below(3),
    requester: samples.name(),
    documentTitle: samples.title(),
    certifierFullName: 'Nguyễn Văn An',
    certifierTitle: 'Phó Chủ tịch UBND',
    authority: samples.authority(),
    copies: 1 + samples.below(5),
    fee: 2000 * (1 + samples.below(20)),
    note: '',
    signature: { account: 'an.nguyen', id: `signature-${agency}`, version: 1, sha256 },
    seal: { id: `seal-${agency}`, version: 1, sha256 },
    verificationCode: verificationCodeOf(randomBytes(VERIFICATION_BYTES)),
    today,
  };
}

export const bookIdOf = (key: RegisterKey): string => `${key.type}-${key.year}-${key.agency}`;

/** One register in the making: commands decided as the service would, its events appended. */
export class RegisterWriter {
  private state = registerAggregate.initial();
  private expected: ExpectedRevision = 'no-stream';
  private made = 0;
  private readonly key: RegisterKey;

  constructor(
    private readonly samples: Samples,
    private readonly plan: RegisterPlan,
  ) {
    this.key = { agency: plan.agency, type: 'SCTDT.BS', year: plan.year };
  }

  /** Appends the next events, no more than the plan has left. */
  async write(store: EventStore, most: number): Promise<void> {
    const count = Math.min(most, this.plan.events - this.made);
    if (count === 0) return;
    const events = Array.from({ length: count }, () => this.next());
    const { revision } = await store.append(registerStream(this.key), this.expected, events);
    this.expected = revision;
  }

  private next(): NewEvent {
    const [event] = registerAggregate.decide(this.state, this.command());
    if (!event) throw new Error('the command led to nothing');
    this.state = registerAggregate.evolve(this.state, event);
    this.made += 1;
    const second = String(this.made % 60).padStart(2, '0');
    return newEvent(event, this.plan.agency, `${this.today()}T02:15:${second}.125Z`);
  }

  /** The days go by as events are made. */
  private today(): CalendarDate {
    const day = Math.floor((this.made / this.plan.events) * (DAYS - 1));
    const two = (value: number): string => String(value).padStart(2, '0');
    return `${this.plan.year}-${two(Math.floor(day / 28) + 1)}-${two((day % 28) + 1)}` as CalendarDate;
  }

  /** Mostly numbers; now and then a correction or a voided number. */
  private command(): RegisterCommand {
    const { key, samples } = this;
    if (this.state.books.length === 0) return this.openBook();
    const today = this.today();
    const number = this.state.lastNumber ?? 0;
    const standing = this.state.entries.get(number)?.state === 'assigned';
    const chance = samples.below(1000);
    const bookId = bookIdOf(key);
    if (standing && chance < 5) {
      const reason = 'Hồ sơ không đủ điều kiện chứng thực';
      return { type: 'VoidEntryNumber', bookId, number, reason };
    }
    if (standing && chance < 25) {
      const note = `Theo đề nghị của ${samples.name()}, lần ${this.made}`;
      const reason = 'Ghi thiếu thông tin';
      return { type: 'CorrectEntry', register: key, bookId, number, note, reason, today };
    }
    const dossier = `H03.24-${today.slice(2).replaceAll('-', '')}-${String(this.made).padStart(6, '0')}`;
    return assignment(key, dossier, { samples, today });
  }

  private openBook(): RegisterCommand {
    const { year } = this.plan;
    return {
      type: 'OpenBook',
      register: this.key,
      bookId: bookIdOf(this.key),
      name: `01/${year}`,
      firstNumber: 1,
      openedOn: `${year}-01-01`,
      closesOn: `${year}-12-31`,
      reason: '',
    };
  }
}
