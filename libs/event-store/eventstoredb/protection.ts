import { ANY, BACKWARDS, END, jsonEvent, StreamNotFoundError } from '@eventstore/db-client';
import type { EventStoreDBClient, JSONEventType } from '@eventstore/db-client';
import { connect } from './connection.ts';
import { translated } from './errors.ts';

/** The server's settings, and the event that sets the access rules of streams without rules of their own. */
const SETTINGS = '$settings';
const DEFAULT_RULES = 'update-default-acl';
const ADMINISTRATORS = '$admins';
const DEADLINE_MS = 5000;

/** Everybody the server knows reads and writes; deleting, truncating and metadata are administrators'. */
const rules = {
  $userStreamAcl: {
    $r: '$all',
    $w: '$all',
    $d: ADMINISTRATORS,
    $mr: '$all',
    $mw: ADMINISTRATORS,
  },
};

async function withClient<T>(
  url: string,
  work: (client: EventStoreDBClient) => Promise<T>,
): Promise<T> {
  const connection = connect(url, DEADLINE_MS);
  try {
    return await work(connection.client);
  } catch (error) {
    throw translated(error);
  } finally {
    await connection.close();
  }
}

/** What somebody who is no administrator could do to our streams; undefined when nothing. @throws EventStoreUnavailable */
export const openToOthers = (url: string): Promise<string | undefined> =>
  withClient(url, async (client) => {
    const acl = await defaultRules(client);
    const open = [
      ...(isAdministrators(acl['$d']) ? [] : ['delete']),
      ...(isAdministrators(acl['$mw']) ? [] : ['truncate']),
    ];
    return open.length === 0
      ? undefined
      : `accounts that are no administrators may ${open.join(' and ')} streams`;
  });

/** Sets the rules, as an administrator. @throws EventStoreUnavailable */
export const closeToOthers = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    const event = jsonEvent<JSONEventType>({ type: DEFAULT_RULES, data: rules });
    await client.appendToStream(SETTINGS, event, {
      expectedRevision: ANY,
      deadline: DEADLINE_MS,
    });
  });

type Rules = Readonly<Record<string, unknown>>;

async function defaultRules(client: EventStoreDBClient): Promise<Rules> {
  const reading = client.readStream(SETTINGS, {
    direction: BACKWARDS,
    fromRevision: END,
    maxCount: 1,
    deadline: DEADLINE_MS,
  });
  try {
    for await (const { event } of reading) {
      const { $userStreamAcl = {} } = (event?.data ?? {}) as { $userStreamAcl?: Rules };
      return $userStreamAcl;
    }
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw error;
  }
  return {};
}

const isAdministrators = (who: unknown): boolean =>
  [who].flat().every((one) => one === ADMINISTRATORS);
