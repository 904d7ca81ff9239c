/**
 * One projection by Emmett with its SQLite event store: a consumer that starts at the beginning of
 * the log, with a projection that leaves the same documents in a table with the same indexes.
 *
 *   node project.mjs <events.db> <projection> <most events> <folder>
 *
 * Prints {"events", "seconds", "documents"}. Copying the events into Emmett's own log is not timed.
 */
import { join } from 'node:path';
import {
  appendToStream,
  createEventStoreSchema,
  getSQLiteEventStore,
  sqliteConnection,
} from '@event-driven-io/emmett-sqlite';
import { allProjections } from '../../dist/libs/projections/index.js';
import { openSqliteEventStore } from '../../dist/libs/event-store/index.js';
import { schemaOf } from '../../dist/libs/read-store/sqlite/collections.js';
import { searchText } from '../../dist/libs/read-store/text.js';

const [log = '', name = '', most = '0', folder = ''] = process.argv.slice(2);
const projection = allProjections.find((one) => one.name === name);
if (!projection) throw new Error(`no projection ${name}`);
const fileName = join(folder, 'emmett.db');
const spec = { ...projection, name: 'peer' };

/** Appends runs of one stream together, so that the order of the log stays. */
async function copyLog(connection) {
  const source = openSqliteEventStore(log);
  let run = [];
  let last = 0n;
  const append = async () => {
    const events = run.map(({ type, data, metadata }) => ({ type, data, metadata }));
    const { stream } = run[0];
    const appended = await appendToStream(connection, stream, 'register', events);
    if (!appended.success) throw new Error(`${stream}: not appended`);
    last = appended.lastGlobalPosition;
    run = [];
  };
  for await (const event of source.readAll({ limit: Number(most) })) {
    if (run.length > 0 && run[0].stream !== event.stream) await append();
    run.push(event);
  }
  await append();
  await source.close();
  return last;
}

/** A read event of Emmett's as our projections see one. */
function projectedOf({ type, data, metadata }) {
  return {
    event: { type, data },
    metadata,
    stream: metadata.streamName,
    revision: Number(metadata.streamPosition) - 1,
    position: String(metadata.globalPosition).padStart(16, '0'),
  };
}

const write = `INSERT INTO doc_peer (id, position, doc, search) VALUES (?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE
    SET position = excluded.position, doc = excluded.doc, search = excluded.search`;

/** Emmett hands over one event at a time, within a transaction for each batch. */
async function handle(events, { connection }) {
  for (const event of events) {
    const projected = projectedOf(event);
    for (const change of projection.project(projected)) {
      let doc = change.create;
      if (!doc) {
        const sql = 'SELECT doc FROM doc_peer WHERE id = ?';
        const before = await connection.querySingle(sql, [change.id]);
        doc = change.change(JSON.parse(before.doc));
      }
      const row = [change.id, projected.position, JSON.stringify(doc), searchText(spec, doc)];
      await connection.command(write, row);
    }
  }
}

const own = sqliteConnection({ fileName });
await createEventStoreSchema(own);
const last = await copyLog(own);
for (const sql of schemaOf(spec)) await own.command(sql);

// In its favour: by default it takes 100 events at a time and rests 50 ms after each.
const store = getSQLiteEventStore({ fileName, schema: { autoMigration: 'None' } });
const consumer = store.consumer({ pulling: { batchSize: 1000, pullingFrequencyInMs: 0 } });
let events = 0;
const types = await own.query('SELECT DISTINCT message_type AS type FROM emt_messages');
consumer.processor({
  processorId: 'bench',
  startFrom: 'BEGINNING',
  projection: {
    name,
    canHandle: types.map(({ type }) => type),
    handle: (batch, context) => {
      events += batch.length;
      return handle(batch, context);
    },
  },
  stopAfter: ({ metadata }) => metadata.globalPosition === last,
});

const started = performance.now();
await consumer.start();
const seconds = (performance.now() - started) / 1000;
const { documents } = await own.querySingle('SELECT count(*) AS documents FROM doc_peer');
await consumer.close();
own.close();
console.log(JSON.stringify({ events, seconds, documents }));
