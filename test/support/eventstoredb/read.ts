import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { LogRecord, MemoryLog } from './log.ts';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  fellBehindMessage,
  streamNotFoundMessage,
} from './messages.ts';
import { accessDenied, decodeStream, isMetadata, streamDeleted, streams } from './protocol.ts';

type ReadReq = InstanceType<typeof streams.ReadReq>;
type ReadResp = InstanceType<typeof streams.ReadResp>;
type Options = InstanceType<typeof streams.ReadReq.Options>;
type Call = ServerWritableStream<ReadReq, ReadResp>;
type Matches = (record: LogRecord) => boolean;

/** Events the server considers before it tells a filtered subscription how far it got. */
const SEARCH_WINDOW = 32;
/** Live events the server holds for one subscription; a slower one falls behind and catches up anew. */
const LIVE_BUFFER = 32;

/**
 * What checkpoints of a subscription say, as servers have been seen to say it: the place reached; no
 * place at all (2^64 - 1, KurrentDB 4892); that of the next event (4970); that of an earlier one (3697).
 */
export type Checkpoints = 'reached' | 'nowhere' | 'next' | 'backwards';

export interface ReadControl {
  readonly checkpoints: () => Checkpoints;
  /** Whether the caller may read $all. */
  readonly mayReadAll: boolean;
  /** Told how to end a subscription from outside. */
  readonly subscribed: (call: Call) => void;
}

export type SubscriptionCall = Call;

export function handleRead(log: MemoryLog, control: ReadControl) {
  return (call: Call): void => {
    call.on('error', () => undefined);
    read(log, call, control).then(
      () => call.end(),
      (error: unknown) => call.emit('error', error),
    );
  };
}

async function read(log: MemoryLog, call: Call, control: ReadControl): Promise<void> {
  const options = call.request.getOptions();
  if (!options) throw new Error('a read without options');
  if (options.hasAll() && !control.mayReadAll) throw accessDenied();
  if (options.hasSubscription()) {
    control.subscribed(call);
    return subscribe(log, call, options, control);
  }
  if (options.hasStream()) return readStream(log, call, options);
  return readAll(log, call, options);
}

/** Sends one message and waits where the client does not keep up. False: the client is gone. */
async function send(call: Call, message: ReadResp): Promise<boolean> {
  if (call.cancelled || call.destroyed) return false;
  if (call.write(message)) return true;
  return new Promise((resolve) => {
    const settle = () => {
      for (const event of ['drain', 'cancelled', 'close']) call.off(event, settle);
      resolve(!call.cancelled && !call.destroyed);
    };
    for (const event of ['drain', 'cancelled', 'close']) call.on(event, settle);
  });
}

async function sendAll(call: Call, records: Iterable<LogRecord>, count: number): Promise<void> {
  let left = count;
  for (const record of records) {
    if (left <= 0 || !(await send(call, eventMessage(record)))) return;
    left -= 1;
  }
}

async function readStream(log: MemoryLog, call: Call, options: Options): Promise<void> {
  const asked = options.getStream();
  const name = decodeStream(asked?.getStreamIdentifier()?.getStreamName_asU8());
  if (name.startsWith('$') && !isMetadata(name)) throw accessDenied();
  if (log.isTombstoned(name)) throw streamDeleted(name);
  const there = log.visible(name);
  if (!there) {
    await send(call, streamNotFoundMessage(name));
    return;
  }
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const end = asked?.hasEnd() ? Infinity : 0;
  const from = asked?.hasRevision() ? Number(asked.getRevision()) : end;
  const records = backwards
    ? there.filter(({ revision }) => revision <= from).reverse()
    : there.filter(({ revision }) => revision >= from);
  await sendAll(call, records, Number(options.getCount()));
}

/** Both directions start at the given position: forwards with the event there, backwards with the one before it. */
async function readAll(log: MemoryLog, call: Call, options: Options): Promise<void> {
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const asked = options.getAll();
  const end = asked?.hasEnd() ? log.end : 0n;
  const from = asked?.hasPosition() ? BigInt(asked.getPosition()?.getCommitPosition() ?? 0) : end;
  const index = log.indexAt(from);
  const records = backwards ? log.records.slice(0, index).reverse() : log.records.slice(index);
  await sendAll(call, records.filter(toMatcher(options)), Number(options.getCount()));
}

function toMatcher(options: Options): Matches {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const text = filter.hasStreamIdentifier()
    ? ({ stream }: LogRecord) => stream
    : ({ type }: LogRecord) => type;
  const regex = expression?.getRegex();
  if (regex) {
    const compiled = new RegExp(regex);
    return (record) => compiled.test(text(record));
  }
  const prefixes = expression?.getPrefixList() ?? [];
  return (record) => prefixes.some((prefix) => text(record).startsWith(prefix));
}

/** A subscription starts behind the given position, unlike a read. */
function firstIndex(log: MemoryLog, options: Options): number {
  const all = options.getAll();
  if (all?.hasEnd()) return log.records.length;
  if (!all?.hasPosition()) return 0;
  return log.indexAt(BigInt(all.getPosition()?.getCommitPosition() ?? 0) + 1n);
}

const NOWHERE = 2n ** 64n - 1n;

/** The checkpoint after the record at an index. */
function checkpointAt(log: MemoryLog, index: number, kind: Checkpoints): bigint {
  const reached = log.records[index]?.position ?? 0n;
  if (kind === 'nowhere') return NOWHERE;
  if (kind === 'next') return log.records[index + 1]?.position ?? log.end;
  if (kind === 'backwards') return log.records[Math.floor(index / 2)]?.position ?? 0n;
  return reached;
}

async function subscribe(
  log: MemoryLog,
  call: Call,
  options: Options,
  { checkpoints }: ReadControl,
): Promise<void> {
  const matches = toMatcher(options);
  const interval = SEARCH_WINDOW * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1);
  let index = firstIndex(log, options);
  let live = false;
  let alive = await send(call, confirmationMessage(randomUUID()));
  while (alive) {
    if (live && log.records.length - index > LIVE_BUFFER) {
      live = false;
      await send(call, fellBehindMessage());
    }
    const record = log.records[index];
    if (record) {
      index += 1;
      if (matches(record)) alive = await send(call, eventMessage(record));
      if (index % interval === 0) {
        alive = await send(call, checkpointMessage(checkpointAt(log, index - 1, checkpoints())));
      }
    } else if (!live) {
      live = true;
      const place = checkpointAt(log, log.records.length - 1, checkpoints());
      await send(call, checkpointMessage(place));
      alive = await send(call, caughtUpMessage());
    } else {
      alive = await grown(log, call);
    }
  }
}

function grown(log: MemoryLog, call: Call): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = () => {
      stopWatching();
      for (const event of ['cancelled', 'close']) call.off(event, settle);
      resolve(!call.cancelled && !call.destroyed);
    };
    const stopWatching = log.onGrowth(settle);
    for (const event of ['cancelled', 'close']) call.on(event, settle);
    if (call.cancelled || call.destroyed) settle();
  });
}
