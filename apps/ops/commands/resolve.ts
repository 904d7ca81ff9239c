import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '#config';
import {
  projectionsNamed,
  projectionStatus,
  retryFaults,
  skipEvent,
  type EventName,
  type Projection,
} from '#projections';
import { operator } from '../operator.ts';
import { withStores, type OpsStores } from '../stores.ts';

export interface ResolveOptions {
  readonly reason: string;
  readonly account?: string;
  readonly position?: string;
}

const LOOK_MS = 100;
const PATIENCE_MS = 15_000;

const told = ({ type, stream, revision, position }: EventName): string =>
  `${type} ${stream}@${revision} at ${position}`;

/** Has a projection try again what it could not take. Answers 1 when it still cannot, or nobody runs it. */
export async function retryProjection(
  config: Config,
  name: string,
  options: ResolveOptions,
): Promise<number> {
  return withProjection(config, name, async (stores, projection) => {
    const events = await retryFaults(stores.readStore, projection, decided(options));
    for (const event of events) console.log(`${name}: to be tried again: ${told(event)}`);
  });
}

/** Has a projection pass over an event for good. Answers as `retryProjection`. */
export async function skipInProjection(
  config: Config,
  name: string,
  options: ResolveOptions,
): Promise<number> {
  return withProjection(config, name, async (stores, projection) => {
    const { position } = options;
    const given = { ...decided(options), position };
    const event = await skipEvent(stores.readStore, projection, given);
    console.log(`${name}: to be passed over: ${told(event)}`);
  });
}

function decided(options: ResolveOptions) {
  const reason = options.reason.trim().normalize('NFC');
  if (reason.length < 5) throw new RangeError('--reason: say why, in at least five characters');
  return { reason, account: operator(options.account) };
}

async function withProjection(
  config: Config,
  name: string,
  decide: (stores: OpsStores, projection: Projection) => Promise<void>,
): Promise<number> {
  const [projection] = projectionsNamed([name]);
  if (!projection) throw new RangeError('name a projection');
  return withStores(config, async (stores) => {
    await decide(stores, projection);
    return outcome(stores, projection);
  });
}

/** Waits until whoever runs the projection has taken the decision up, and tells what came of it. */
async function outcome(stores: OpsStores, projection: Projection): Promise<number> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const { state, failure, parked, holder } = await projectionStatus(stores, projection);
    if (failure) console.log(`${projection.name}: ${state}: ${failure.error}`);
    if (failure) return 1;
    const waiting = parked.some(({ retry }) => retry) || state === 'behind';
    if (!waiting && parked.length > 0)
      console.log(`${projection.name}: ${parked.length} set aside`);
    if (!waiting) return parked.length > 0 ? 1 : 0;
    if (holder === null || performance.now() > end) {
      console.log(
        `${projection.name}: recorded; it is done as soon as a process runs the projection`,
      );
      return 1;
    }
    await delay(LOOK_MS);
  }
}
