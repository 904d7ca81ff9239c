/**
 * Numbers by Emmett with its EventStoreDB event store: its own command handler, which folds a stream and
 * appends what was decided at the revision it has read, again where another was first.
 *
 *   node assign-emmett.mjs <seconds> <callers> <books> <address of the server>
 */
import { randomUUID } from 'node:crypto';
import { CommandHandler, isExpectedVersionConflictError } from '@event-driven-io/emmett';
import { getEventStoreDBEventStore } from '@event-driven-io/emmett-esdb';
import { EventStoreDBClient } from '@eventstore/db-client';
import { inTurn, measure, place } from '../peer/callers.mjs';
import { decide, evolve, initialState } from '../peer/register.mjs';

const client = EventStoreDBClient.connectionString(place);
const store = getEventStoreDBEventStore(client);
const handle = CommandHandler({ evolve, initialState });

/** The server keeps what earlier runs have written. */
const run = randomUUID();
const streamOf = (book) => `emmett-${run}-${book}`;

/** In its favour, writers of a book take turns: sixty-four at once would mostly be told of each other. */
async function assign(book, request) {
  const work = () => handle(store, streamOf(book), (state) => decide(state, request));
  try {
    await inTurn(book, work);
  } catch (error) {
    if (!isExpectedVersionConflictError(error)) throw error;
    await assign(book, request);
  }
}

async function givenIn(book) {
  const { events } = await store.readStream(streamOf(book));
  return events.map(({ data }) => data.number);
}

await measure({ assign, givenIn });
await client.dispose();
