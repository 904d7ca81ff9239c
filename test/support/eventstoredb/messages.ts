import { createRequire } from 'node:module';
import type { LogRecord, Proposed, WriteResult } from './log.ts';
import { shared, statusPb, streams } from './protocol.ts';

type ReadResp = InstanceType<typeof streams.ReadResp>;
type UUID = InstanceType<typeof shared.UUID>;

/** Fields that the proposed messages of Append and of BatchAppend share. */
interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export function toProposed(message: ProposedMessage): Proposed {
  const map = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: map.get('type') ?? '',
    contentType: map.get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function eventMessage(record: LogRecord): ReadResp {
  const position = record.position.toString();
  const event = new streams.ReadResp.ReadEvent.RecordedEvent();
  event.setId(new shared.UUID().setString(record.id));
  event.setStreamIdentifier(streamIdentifier(record.stream));
  event.setStreamRevision(String(record.revision));
  event.setCommitPosition(position).setPreparePosition(position);
  event.getMetadataMap().set('type', record.type);
  event.getMetadataMap().set('content-type', record.contentType);
  event.getMetadataMap().set('created', record.created);
  event.setData(record.data).setCustomMetadata(record.metadata);
  const read = new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(position);
  return new streams.ReadResp().setEvent(read);
}

export function confirmationMessage(id: string): ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id);
  return new streams.ReadResp().setConfirmation(confirmation);
}

export function checkpointMessage(position: bigint): ReadResp {
  const text = position.toString();
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(text).setPreparePosition(text);
  return new streams.ReadResp().setCheckpoint(checkpoint);
}

export function caughtUpMessage(): ReadResp {
  return new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());
}

export function fellBehindMessage(): ReadResp {
  return new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind());
}

export function streamNotFoundMessage(stream: string): ReadResp {
  const notFound = new streams.ReadResp.StreamNotFound();
  return new streams.ReadResp().setStreamNotFound(
    notFound.setStreamIdentifier(streamIdentifier(stream)),
  );
}

export function appendResponse(
  result: Exclude<WriteResult, { kind: 'stream-deleted' }>,
  expected: number,
): InstanceType<typeof streams.AppendResp> {
  const response = new streams.AppendResp();
  if (result.kind === 'written') {
    const text = result.position.toString();
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(text).setPreparePosition(text);
    const success = new streams.AppendResp.Success().setPosition(position);
    return response.setSuccess(success.setCurrentRevision(String(result.revision)));
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (result.current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(result.current));
  // The server answers "no stream" as the unsigned form of −1 as well.
  wrong.setExpectedRevision(BigInt.asUintN(64, BigInt(expected)).toString());
  return response.setWrongExpectedVersion(wrong);
}

export function batchAppendSuccess(
  result: WriteResult & { kind: 'written' },
): InstanceType<typeof streams.BatchAppendResp> {
  const text = result.position.toString();
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(text).setPreparePosition(text);
  const success = new streams.BatchAppendResp.Success().setPosition(position);
  success.setCurrentRevision(String(result.revision));
  return new streams.BatchAppendResp().setSuccess(success);
}

export function batchAppendConflict(
  current: number,
  expected: number,
): InstanceType<typeof streams.BatchAppendResp> {
  const wrong = new shared.WrongExpectedVersion();
  if (current < 0) wrong.setCurrentNoStream(new Any.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected < 0) wrong.setExpectedNoStream(new Any.Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  return batchAppendError('event_store.client.WrongExpectedVersion', wrong.serializeBinary());
}

export function batchAppendError(
  type: string,
  details: Uint8Array,
): InstanceType<typeof streams.BatchAppendResp> {
  const packed = new Any.Any();
  packed.pack(details, type);
  const status = new statusPb.Status().setMessage(type).setDetails(packed);
  return new streams.BatchAppendResp().setError(status);
}

export function streamIdentifier(name: string): InstanceType<typeof shared.StreamIdentifier> {
  return new shared.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(name, 'utf8')));
}

/** Google's own messages, from the protobuf runtime that the client brings along. */
const Any = loadWellKnown();

function loadWellKnown(): {
  Any: new () => NonNullable<ReturnType<InstanceType<typeof statusPb.Status>['getDetails']>>;
  Empty: new () => NonNullable<
    ReturnType<InstanceType<typeof shared.WrongExpectedVersion>['getCurrentNoStream']>
  >;
} {
  const here = createRequire(import.meta.url);
  const there = createRequire(here.resolve('@eventstore/db-client'));
  return {
    ...(there('google-protobuf/google/protobuf/any_pb.js') as object),
    ...(there('google-protobuf/google/protobuf/empty_pb.js') as object),
  } as ReturnType<typeof loadWellKnown>;
}
