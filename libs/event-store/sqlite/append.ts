import { checkAppend } from '../checks.ts';
import { EventStoreUnavailable } from '../port.ts';
import type { Appended, EventStore, NewEvent, StreamAppend } from '../port.ts';
import { unavailable } from './database.ts';
import { refusal, type Call, type Outcome, type Serialized } from './write-group.ts';
import type { Writer } from './writer.ts';

interface Waiting {
  readonly call: Call;
  /** Told what the last of its appends was answered. */
  resolve(last: Appended): void;
  reject(error: unknown): void;
}

export interface Appender {
  readonly append: EventStore['append'];
  readonly appendInOrder: EventStore['appendInOrder'];
  /** Settles when what waited is written, and nothing is taken any more. */
  readonly close: () => Promise<void>;
}

/**
 * Group commit: appends that wait in the same turn of the event loop, or while a group before them is
 * being written, share one transaction, and so one wait for the disk, while each succeeds or fails on
 * its own. No promise settles before COMMIT.
 */
export function createAppender(writer: Writer, onCommitted: () => void): Appender {
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let closed = false;

  const writeWaiting = async (): Promise<void> => {
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const outcomes = await writer.write(group.map(({ call }) => call));
        onCommitted();
        group.forEach((one, index) => settle(one, outcomes[index] as Outcome));
      } catch (error) {
        for (const one of group) one.reject(unavailable(error));
      }
    }
    writing = undefined;
  };

  const wait = (appends: readonly StreamAppend[]): Promise<Appended> =>
    new Promise((resolve, reject) => {
      for (const { stream, events } of appends) checkAppend(stream, events);
      if (closed) throw new EventStoreUnavailable('event log: closed');
      waiting.push({ call: appends.map(serialize), resolve, reject });
      writing ??= writeWaiting();
    });

  return {
    append: (stream, expected, events) => wait([{ stream, expected, events }]),
    appendInOrder: async (appends) => {
      if (appends.length > 0) await wait(appends);
    },
    close: async () => {
      closed = true;
      await writing;
      await writer.close();
    },
  };
}

function settle(one: Waiting, outcome: Outcome): void {
  if ('kind' in outcome) one.reject(refusal(outcome));
  else one.resolve(outcome);
}

/** Serialized when append is called: what the caller does to its objects afterwards changes nothing. */
function serialize({ stream, expected, events }: StreamAppend): Serialized {
  return { stream, expected, events: events.map(serializeEvent) };
}

function serializeEvent(event: NewEvent) {
  const { id, type } = event;
  return { id, type, data: JSON.stringify(event.data), metadata: JSON.stringify(event.metadata) };
}
