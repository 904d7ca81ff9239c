/**
 * Numbers by Emmett with its SQLite event store: its own command handler, which folds a stream and
 * appends what was decided at the revision it has read, again where another was first.
 *
 *   node assign-emmett.mjs <seconds> <callers> <books> <folder>
 */
import { join } from 'node:path';
import { CommandHandler, isExpectedVersionConflictError } from '@event-driven-io/emmett';
import {
  createEventStoreSchema,
  getSQLiteEventStore,
  sqliteConnection,
} from '@event-driven-io/emmett-sqlite';
import { inTurn, measure, place } from './callers.mjs';
import { decide, evolve, initialState } from './register.mjs';

const fileName = join(place, 'emmett.db');
const own = sqliteConnection({ fileName });
await createEventStoreSchema(own);
own.close();
const store = getSQLiteEventStore({ fileName, schema: { autoMigration: 'None' } });
const handle = CommandHandler({ evolve, initialState });

/** SQLite lets one write, and tells all others at once that it is taken. */
const isWorthAnotherTry = (error) =>
  isExpectedVersionConflictError(error) || /SQLITE_BUSY/.test(`${error.code} ${error.message}`);

/** In its favour, writers take turns: sixty-four at once would mostly tell each other to wait. */
async function assign(book, request) {
  const work = () => handle(store, `register-${book}`, (state) => decide(state, request));
  try {
    await inTurn('the file', work);
  } catch (error) {
    if (!isWorthAnotherTry(error)) throw error;
    await assign(book, request);
  }
}

async function givenIn(book) {
  const { events } = await store.readStream(`register-${book}`);
  return events.map(({ data }) => data.number);
}

await measure({ assign, givenIn });
