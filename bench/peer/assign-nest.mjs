/**
 * Numbers by @ocoda/event-sourcing, a library for NestJS: its command bus, aggregate root and event
 * store. The event store is its abstract class over PostgreSQL, written here as its own stores are
 * but for the conflict, which those that come with this version do not notice.
 *
 *   node assign-nest.mjs <seconds> <callers> <books> <folder of the server's socket>
 */
import 'reflect-metadata';
import { createRequire } from 'node:module';
import pg from 'pg';
import { inTurn, measure, place } from './callers.mjs';
import { decide, evolve, initialState } from './register.mjs';

const require = createRequire(import.meta.url);
const { Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const sourcing = require('@ocoda/event-sourcing');
const { AggregateRoot, CommandBus, EventEnvelope, EventMap, EventStore, EventStream, Id } =
  sourcing;

const pool = new pg.Pool({ host: place, user: 'bench', database: 'postgres', max: 64 });
await pool.query(`
  DROP TABLE IF EXISTS events;
  CREATE TABLE events (
    stream text NOT NULL, version integer NOT NULL, id text NOT NULL, event text NOT NULL,
    payload jsonb NOT NULL, occurred_on timestamptz NOT NULL, PRIMARY KEY (stream, version)
  )`);

class EntryNumberAssigned {
  constructor(data) {
    this.data = data;
  }
}
sourcing.Event('entry-number-assigned')(EntryNumberAssigned);

class Register extends AggregateRoot {
  state = initialState();
  assign(request) {
    for (const { data } of decide(this.state, request))
      this.applyEvent(new EntryNumberAssigned(data));
  }
  onEntryNumberAssigned(event) {
    evolve(this.state, event);
  }
}
sourcing.Aggregate({ streamName: 'register' })(Register);

class PostgresEventStore extends EventStore {
  constructor(eventMap) {
    super();
    this.eventMap = eventMap;
  }
  setup() {}
  async *getEvents({ streamId }) {
    const text = 'SELECT event, payload FROM events WHERE stream = $1 ORDER BY version';
    const { rows } = await pool.query({ name: 'read', text, values: [streamId] });
    yield rows.map(({ event, payload }) => this.eventMap.deserializeEvent(event, payload));
  }
  async appendEvents({ streamId, aggregateId }, last, events) {
    const first = last - events.length + 1;
    const envelopes = events.map((event, index) => {
      const payload = this.eventMap.serializeEvent(event);
      const metadata = { aggregateId, version: first + index };
      return EventEnvelope.create(this.eventMap.getName(event), payload, metadata);
    });
    const text = 'INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6)';
    for (const { event, payload, metadata } of envelopes) {
      const { version, eventId, occurredOn } = metadata;
      const values = [streamId, version, String(eventId), event, payload, occurredOn];
      await pool.query({ name: 'append', text, values });
    }
    return envelopes;
  }
}

class AssignNumber {
  constructor(book, request) {
    Object.assign(this, { book, request });
  }
}

let store;
class AssignNumberHandler {
  async execute({ book, request }) {
    const register = new Register();
    const stream = EventStream.for(Register, Id.from(book));
    await register.loadFromHistory(store.getEvents(stream));
    register.assign(request);
    await store.appendEvents(stream, register.version, register.commit());
  }
}
sourcing.CommandHandler(AssignNumber)(AssignNumberHandler);

class App {}
Module({
  imports: [sourcing.EventSourcingModule.forRoot({ events: [EntryNumberAssigned] })],
  providers: [AssignNumberHandler],
})(App);
const app = await NestFactory.createApplicationContext(App, { logger: false });
store = new PostgresEventStore(app.get(EventMap));
// Nobody listens.
store.publish = () => undefined;
const bus = app.get(CommandBus);

/** In its favour, a book's callers take turns: all at once they would mostly find that another was first. */
const assign = (book, request) => inTurn(book, () => bus.execute(new AssignNumber(book, request)));

async function givenIn(book) {
  const sql = "SELECT (payload->'data'->>'number')::int AS number FROM events WHERE stream = $1";
  const { rows } = await pool.query(`${sql} ORDER BY version`, [`register-${book}`]);
  return rows.map(({ number }) => number);
}

await measure({ assign, givenIn });
await pool.end();
await app.close();
