import { MongoClient, type MongoClientOptions } from 'mongodb';
import { failCommandsOfGoneSockets } from './gone-sockets.ts';

failCommandsOfGoneSockets();

/**
 * Before a connection nobody uses is closed, in milliseconds. Of connections that have died untold
 * one call finds out, when its time is over; the others would each cost a call as much.
 */
const LONGEST_IDLE_MS = 10_000;

/** A client of the server, which connects with the first call that needs it. */
export const clientOf = (url: string, options: MongoClientOptions): MongoClient =>
  new MongoClient(url, {
    maxIdleTimeMS: LONGEST_IDLE_MS,
    // What was acknowledged outlives the server that acknowledged it.
    writeConcern: { w: 'majority', journal: true },
    ...options,
  });
