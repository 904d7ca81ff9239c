import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { startSealing } from '#audit';
import { graceMs, type Config } from '#config';
import { openEventStore } from '#event-store';
import { allProjections, follow, keepLease, parking, type Follower } from '#projections';
import { startWebhooks } from '#outgoing';
import { openReadStore } from '#read-store';
import { startTracing, tracedProjection, type Tell } from '#telemetry';
import { auditOf } from './audit/audit-of.ts';

type Astray = NonNullable<Follower['onAstray']>;

/** What the thread says: a line of its log; that the read models are astray, which it waits to be told is seen to; that its stores are open. */
export type Told =
  | {
      readonly kind: 'log';
      readonly level: Parameters<Tell>[0];
      readonly message: string;
      readonly detail: object;
    }
  | { readonly kind: 'astray'; readonly known: Parameters<Astray>[0] }
  | { readonly kind: 'ready' };

/** What it is told. `seen-to`: with what went wrong, if anything did. */
export type Order =
  { readonly kind: 'stop' } | { readonly kind: 'seen-to'; readonly error?: string };

const port = parentPort;
if (!port) throw new Error('this is a thread’s');
const config = workerData as Config;
const say = (told: Told): void => port.postMessage(told);
const log: Tell = (level, message, detail) => say({ kind: 'log', level, message, detail });

const stopping = new AbortController();
let seenTo: (order: Extract<Order, { kind: 'seen-to' }>) => void = () => undefined;
port.on('message', (order: Order) => {
  if (order.kind === 'stop') stopping.abort();
  else seenTo(order);
});

const tellAstray: Astray = async (known) => {
  const answered = new Promise<Extract<Order, { kind: 'seen-to' }>>((resolve) => {
    seenTo = resolve;
  });
  say({ kind: 'astray', known });
  // Told to stop it waits for nobody, and the read models stay as they are.
  const stopped = once(stopping.signal, 'abort').then(() => ({ error: 'stopped' }));
  const { error } = await Promise.race([answered, stopped]);
  if (error !== undefined) throw new Error(error);
};

/** One after the other: an answer does not say what it answers, and a rebuild may ask beside who follows. */
let toldBefore: Promise<void> = Promise.resolve();
const onAstray: Astray = (known) => {
  const told = toldBefore.then(() => tellAstray(known));
  toldBefore = told.catch(() => undefined);
  return told;
};

const stopTracing = await startTracing(config);
const onDamaged = (told: string): void => log('error', `projector: ${told}`, {});
const [eventStore, readStore, tlog, webhooks] = await Promise.all([
  openEventStore(config),
  openReadStore(config, 'read', onDamaged),
  openReadStore(config, 'tlog', onDamaged),
  openReadStore(config, 'webhooks', onDamaged),
]);
const audit = auditOf(config, { eventStore, tlog }, log);
say({ kind: 'ready' });
const sealing = startSealing({ audit, config, keepLease, log });
const sending = startWebhooks({ config, eventStore, readStore, webhooks, log });
await follow({
  eventStore,
  readStore,
  projections: allProjections,
  signal: stopping.signal,
  parks: parking(config.PARK_EVENTS),
  graceMs: graceMs(config),
  onAstray,
  around: tracedProjection,
  log,
});
await Promise.all([sealing.stop(), sending.stop()]);
const stores = [eventStore, readStore, tlog, webhooks];
await Promise.all([...stores.map((store) => store.close()), stopTracing()]);
port.close();
