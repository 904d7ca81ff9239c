import {
  readEvent,
  readMetadata,
  schemaVersions,
  type DomainEvent,
  type DomainEventType,
} from '#domain';
import type { RecordedEvent } from '#event-store';
import { tokenOf } from './position-token.ts';
import { agencyOfEvent } from './wanted.ts';

/** An event as it goes out: CloudEvents 1.0, in JSON. */
export interface OutgoingEvent {
  readonly specversion: '1.0';
  /** Of the event in the log: the same however often it is sent. */
  readonly id: string;
  /** Whose it is. */
  readonly source: string;
  readonly type: string;
  /** The stream it stands in. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  readonly agency: string;
  /** Of the event in its stream: 0, 1, 2 … without a gap. */
  readonly revision: number;
  /** Where it stands in the log: what `after` takes. */
  readonly position: string;
  readonly data: DomainEvent['data'];
}

const TYPE = 'so-chung-thuc.';

/** An event's type as it goes out; it does not change with versions. */
export const outgoingType = (type: DomainEventType): string => `${TYPE}${type}`;

/** The schema of an event's data, with the version it has now: data goes out in today's shape. */
export const dataSchema = (type: DomainEventType): string =>
  `urn:so-chung-thuc:event:${type}:${schemaVersions[type]}`;

/** A recorded event as it goes out. @throws UnreadableEvent */
export function outgoingEvent(recorded: RecordedEvent): OutgoingEvent {
  const { id, stream, revision, position, schemaVersion } = recorded;
  const metadata = readMetadata(recorded.metadata);
  const version = (): number => schemaVersion ?? metadata.schemaVersion;
  const { type, data } = readEvent(recorded.type, recorded.data, version);
  const agency = agencyOfEvent(recorded);
  return {
    specversion: '1.0',
    id,
    source: `/v1/agencies/${agency}`,
    type: outgoingType(type),
    subject: stream,
    time: metadata.occurredAt,
    datacontenttype: 'application/json',
    dataschema: dataSchema(type),
    agency,
    revision,
    position: tokenOf(position, id),
    data,
  };
}
