import { BACKWARDS, END, jsonEvent, NO_STREAM, StreamNotFoundError } from '@eventstore/db-client';
import type { EventStoreDBClient, JSONEventType } from '@eventstore/db-client';
import type { RecordedEvent } from '../port.ts';
import { connect, OF_LEADER, type Connection } from './connection.ts';
import { translated } from './errors.ts';
import {
  ADMINISTRATORS,
  closeStream,
  isAdministrators,
  rulesOfStreams,
  type Bounds,
} from './stream-rules.ts';

/** The server's settings, and the event that sets the access rules of streams without rules of their own. */
const SETTINGS = '$settings';
const DEFAULT_RULES = 'update-default-acl';
const DEADLINE_MS = 5000;

type Rules = Readonly<Record<string, unknown>>;

/** The server's settings as they stand. */
interface Settings {
  readonly data: Rules;
  readonly revision: bigint | typeof NO_STREAM;
}

/**
 * Deleting, truncating and metadata are administrators'. All else stays as the server has it; where
 * it has nothing, everybody it knows reads and writes.
 */
function closed(acl: Rules): Rules {
  const kept = (who: unknown): unknown => (isAdministrators(who) ? who : ADMINISTRATORS);
  const { $d, $mw } = acl;
  return { $r: '$all', $w: '$all', $mr: '$all', ...acl, $d: kept($d), $mw: kept($mw) };
}

async function connected<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = connect(url, DEADLINE_MS);
  try {
    return await work(connection);
  } catch (error) {
    throw translated(error);
  } finally {
    await connection.close();
  }
}

/** What somebody who is no administrator could do to our streams; undefined when nothing. @throws EventStoreUnavailable */
export const openToOthers = (url: string, bounds: Bounds): Promise<Findings> =>
  connected(url, async (connection) => {
    const acl = defaultRulesIn((await settingsOf(connection.client)).data);
    const open = [
      ...(isAdministrators(acl['$d']) ? [] : ['delete']),
      ...(isAdministrators(acl['$mw']) ? [] : ['truncate']),
    ];
    const single = await rulesOfStreams(connection, bounds);
    const found = [
      ...(open.length > 0
        ? [`accounts that are no administrators may ${open.join(' and ')} streams`]
        : []),
      ...(single.open.length > 0
        ? [`by rules of their own others may delete or truncate ${named(single.open)}`]
        : []),
      ...(single.dropping.length > 0
        ? [`$maxAge or $maxCount drops events of ${named(single.dropping)}`]
        : []),
    ];
    return { found, isWhole: single.isWhole };
  });

/** What lets somebody do away with events. */
export interface Findings {
  readonly found: readonly string[];
  /** False: not every stream could be looked at. */
  readonly isWhole: boolean;
}

const MOST_NAMED = 5;

/** The streams whose metadata these are: a stream's stands in one named `$$` and its name. */
const named = (metadata: readonly RecordedEvent[]): string => {
  const more = metadata.length - MOST_NAMED;
  const names = metadata
    .slice(0, MOST_NAMED)
    .map(({ stream }) => stream.slice(2))
    .join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
};

/**
 * Sets the rules of all streams and takes back those of single ones, as an administrator. Where
 * somebody else has written them meanwhile, nothing is written: say it again.
 * @throws EventStoreUnavailable
 */
export const closeToOthers = (url: string, bounds: Bounds): Promise<void> =>
  connected(url, async (connection) => {
    const { client } = connection;
    const { data, revision } = await settingsOf(client);
    const closedData = { ...data, $userStreamAcl: closed(defaultRulesIn(data)) };
    const event = jsonEvent<JSONEventType>({ type: DEFAULT_RULES, data: closedData });
    await client.appendToStream(SETTINGS, event, {
      expectedRevision: revision,
      deadline: DEADLINE_MS,
    });
    const { open } = await rulesOfStreams(connection, bounds);
    for (const metadata of open) await closeStream(client, metadata, DEADLINE_MS);
  });

const defaultRulesIn = ({ $userStreamAcl }: Rules): Rules => ($userStreamAcl ?? {}) as Rules;

async function settingsOf(client: EventStoreDBClient): Promise<Settings> {
  const reading = client.readStream(SETTINGS, {
    ...{ direction: BACKWARDS, fromRevision: END, maxCount: 1 },
    deadline: DEADLINE_MS,
    ...OF_LEADER,
  });
  try {
    for await (const { event } of reading) {
      if (event) return { data: event.data as Rules, revision: event.revision };
    }
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return { data: {}, revision: NO_STREAM };
}
