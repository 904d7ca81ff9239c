import { status } from '@grpc/grpc-js';
import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerReadableStream,
  ServiceError,
} from '@grpc/grpc-js';
import { ANY, NO_STREAM, STREAM_EXISTS } from './log.ts';
import type { MemoryLog, Proposed, WriteResult } from './log.ts';
import {
  appendResponse,
  batchAppendConflict,
  batchAppendError,
  batchAppendSuccess,
  streamIdentifier,
  toProposed,
} from './messages.ts';
import {
  accessDenied,
  decodeStream,
  isMetadata,
  rpcError,
  shared,
  streamDeleted,
  tooLarge,
} from './protocol.ts';
import type { streams } from './protocol.ts';

type AppendReq = InstanceType<typeof streams.AppendReq>;
type AppendResp = InstanceType<typeof streams.AppendResp>;
type BatchReq = InstanceType<typeof streams.BatchAppendReq>;
type BatchResp = InstanceType<typeof streams.BatchAppendResp>;

/** The server's default. */
const MAX_APPEND_BYTES = 1024 * 1024;

/**
 * What becomes of the next append: the connection breaks before anything is written, or after it was
 * written but before the answer; or it is written and the answer never sent; or written and answered
 * by an error, as a leader does that is no longer one.
 */
export type AppendFailure = 'before' | 'after' | 'unanswered' | 'internal' | 'data-loss';

export interface AppendControl {
  readonly log: MemoryLog;
  /** Takes the failure ordered for the next append, if any. */
  takeFailure(): AppendFailure | undefined;
  dropConnections(): void;
  /** Called with the way each append came in. */
  seen(call: 'append' | 'batchAppend'): void;
}

/** Writes unless a failure was ordered; undefined: there is nothing to answer. */
function write(
  control: AppendControl,
  stream: string,
  expected: number,
  events: readonly Proposed[],
): WriteResult | ServiceError | undefined {
  const failure = control.takeFailure();
  if (failure === 'before') {
    control.dropConnections();
    return undefined;
  }
  const result = control.log.write(stream, expected, events);
  if (failure === 'after') control.dropConnections();
  if (failure === 'internal') return rpcError(status.INTERNAL, 'the leader resigned');
  if (failure === 'data-loss') return rpcError(status.DATA_LOSS, 'the leader resigned');
  return failure === undefined ? result : undefined;
}

export function handleAppend(control: AppendControl) {
  return (
    call: ServerReadableStream<AppendReq, AppendResp>,
    answer: sendUnaryData<AppendResp>,
  ): void => {
    let stream = '';
    let expected = NO_STREAM;
    const events: Proposed[] = [];
    call.on('error', () => undefined);
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      const proposed = request.getProposedMessage();
      if (options) {
        stream = decodeStream(options.getStreamIdentifier()?.getStreamName_asU8());
        if (options.hasRevision()) expected = Number(options.getRevision());
        else if (options.hasAny()) expected = ANY;
        else if (options.hasStreamExists()) expected = STREAM_EXISTS;
      }
      if (proposed) events.push(toProposed(proposed));
    });
    call.on('end', () => {
      control.seen('append');
      const refusal = refused(stream, events);
      if (refusal) {
        answer(refusal);
        return;
      }
      const result = write(control, stream, expected, events);
      if (!result) return;
      if ('code' in result) answer(result);
      else if (result.kind === 'stream-deleted') answer(streamDeleted(stream));
      else answer(null, appendResponse(result, expected));
    });
  };
}

function refused(stream: string, events: readonly Proposed[]): ServiceError | undefined {
  if (stream.startsWith('$') && !isMetadata(stream)) return accessDenied();
  if (sizeOf(events) > MAX_APPEND_BYTES) return tooLarge(MAX_APPEND_BYTES);
  return undefined;
}

interface Pending {
  readonly stream: string;
  readonly expected: number;
  readonly events: Proposed[];
}

/** Many appends over one call, told apart by correlation id; each may come in several messages. */
export function handleBatchAppend(control: AppendControl) {
  return (call: ServerDuplexStream<BatchReq, BatchResp>): void => {
    const pending = new Map<string, Pending>();
    call.on('error', () => undefined);
    call.on('end', () => call.end());
    call.on('data', (request: BatchReq) => {
      const id = request.getCorrelationId()?.getString() ?? '';
      const options = request.getOptions();
      if (options) pending.set(id, toPending(options));
      const one = pending.get(id);
      if (!one) return;
      one.events.push(...request.getProposedMessagesList().map(toProposed));
      if (!request.getIsFinal()) return;
      pending.delete(id);
      control.seen('batchAppend');
      const response = answerBatch(control, one);
      if (!response) return;
      response.setStreamIdentifier(streamIdentifier(one.stream));
      call.write(response.setCorrelationId(new shared.UUID().setString(id)));
    });
  };
}

function toPending(options: InstanceType<typeof streams.BatchAppendReq.Options>): Pending {
  let expected = NO_STREAM;
  if (options.hasStreamPosition()) expected = Number(options.getStreamPosition());
  else if (options.hasAny()) expected = ANY;
  else if (options.hasStreamExists()) expected = STREAM_EXISTS;
  const stream = decodeStream(options.getStreamIdentifier()?.getStreamName_asU8());
  return { stream, expected, events: [] };
}

function answerBatch(control: AppendControl, one: Pending): BatchResp | undefined {
  if (one.stream.startsWith('$') && !isMetadata(one.stream)) {
    const denied = new shared.AccessDenied().serializeBinary();
    return batchAppendError('event_store.client.AccessDenied', denied);
  }
  if (sizeOf(one.events) > MAX_APPEND_BYTES) {
    const exceeded = new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES);
    const type = 'event_store.client.MaximumAppendSizeExceeded';
    return batchAppendError(type, exceeded.serializeBinary());
  }
  const result = write(control, one.stream, one.expected, one.events);
  if (result === undefined || result instanceof Error) return undefined;
  if (result.kind === 'stream-deleted') {
    const deleted = new shared.StreamDeleted().setStreamIdentifier(streamIdentifier(one.stream));
    return batchAppendError('event_store.client.StreamDeleted', deleted.serializeBinary());
  }
  return result.kind === 'written'
    ? batchAppendSuccess(result)
    : batchAppendConflict(result.current, one.expected);
}

function sizeOf(events: readonly Proposed[]): number {
  return events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
}
