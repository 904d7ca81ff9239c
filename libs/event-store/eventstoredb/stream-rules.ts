import { jsonEvent } from '@eventstore/db-client';
import type { EventStoreDBClient, JSONEventType } from '@eventstore/db-client';
import { flat } from '../pages.ts';
import type { JsonObject, RecordedEvent } from '../port.ts';
import type { Connection } from './connection.ts';
import { session } from './session.ts';

export const ADMINISTRATORS = '$admins';

export const isAdministrators = (who: unknown): boolean =>
  [who].flat().every((one) => one === ADMINISTRATORS);

/** How far the rules of single streams are looked at. */
export interface Bounds {
  /** Streams whose names begin with one of these. */
  readonly prefixes: readonly string[];
  /** The server looks through the whole log for them: no longer than this, in milliseconds. */
  readonly withinMs: number;
}

export interface StreamRules {
  /** Metadata of streams others may delete or truncate, whatever the rules of all. */
  readonly open: readonly RecordedEvent[];
  /** Metadata of streams that drop events by themselves. */
  readonly dropping: readonly RecordedEvent[];
  /** False: the time was up, or there were too many. */
  readonly isWhole: boolean;
}

/** Streams remembered; more than that is no longer a matter of single streams. */
const MOST = 1000;

/** Rules of its own that a stream's metadata gives: only what stands there takes the place of the rules of all. */
function faultOf(metadata: JsonObject): 'open' | 'dropping' | undefined {
  const { $acl = {}, $maxAge, $maxCount } = metadata;
  const { $d = ADMINISTRATORS, $mw = ADMINISTRATORS } = ($acl ?? {}) as JsonObject;
  if (!isAdministrators($d ?? ADMINISTRATORS) || !isAdministrators($mw ?? ADMINISTRATORS)) {
    return 'open';
  }
  return $maxAge === undefined && $maxCount === undefined ? undefined : 'dropping';
}

function keep(last: Map<string, RecordedEvent>, event: RecordedEvent): void {
  if (faultOf(event.data)) last.set(event.stream, event);
  else last.delete(event.stream);
}

/** What metadata lets be done to streams: each stream's last one holds. */
export async function rulesOfStreams(
  connection: Connection,
  { prefixes, withinMs }: Bounds,
): Promise<StreamRules> {
  const last = new Map<string, RecordedEvent>();
  const signal = AbortSignal.timeout(withinMs);
  const metadata = prefixes.map((prefix) => `$$${prefix}`);
  let isWhole = false;
  try {
    for await (const item of flat(session(connection, undefined, metadata, signal))) {
      if (item.kind === 'event') keep(last, item.event);
      isWhole = item.kind === 'caught-up';
      if (isWhole || last.size >= MOST) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const having = (fault: string) =>
    [...last.values()].filter(({ data }) => faultOf(data) === fault);
  return { open: having('open'), dropping: having('dropping'), isWhole };
}

/**
 * Leaves deleting and truncating one stream to administrators; all else its metadata says stays. Where
 * somebody else has written it meanwhile, nothing is written, and the client's error says so.
 */
export async function closeStream(
  client: EventStoreDBClient,
  { stream, data, revision }: RecordedEvent,
  deadline: number,
): Promise<void> {
  const closed = { $d: ADMINISTRATORS, $mw: ADMINISTRATORS };
  const event = jsonEvent<JSONEventType>({
    type: '$metadata',
    data: { ...data, $acl: { ...(data['$acl'] as JsonObject), ...closed } },
  });
  await client.appendToStream(stream, event, { deadline, expectedRevision: BigInt(revision) });
}
