import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '#config';
import { tidy } from '#domain';
import {
  projectionsNamed,
  projectionStatus,
  retryFaults,
  skipEvent,
  type EventName,
  type Projection,
} from '#projections';
import { operator } from '../operator.ts';
import { found, type Outcome } from '../outcome.ts';
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

/** Has a projection try again what it could not take. Finds a difference when it still cannot, or nobody runs it. */
export async function retryProjection(
  config: Config,
  name: string,
  options: ResolveOptions,
): Promise<Outcome> {
  return withProjection(config, name, async (stores, projection) => {
    const events = await retryFaults(stores.readStore, projection, decided(options));
    return events.map((event) => `${name}: to be tried again: ${told(event)}`);
  });
}

/** Has a projection pass over an event for good. Answers as `retryProjection`. */
export async function skipInProjection(
  config: Config,
  name: string,
  options: ResolveOptions,
): Promise<Outcome> {
  return withProjection(config, name, async (stores, projection) => {
    const { position } = options;
    const given = { ...decided(options), position };
    const event = await skipEvent(stores.readStore, projection, given);
    return [`${name}: to be passed over: ${told(event)}`];
  });
}

function decided(options: ResolveOptions) {
  const reason = tidy(options.reason);
  if (reason.length < 5) throw new RangeError('--reason: say why, in at least five characters');
  return { reason, account: operator(options.account) };
}

async function withProjection(
  config: Config,
  name: string,
  decide: (stores: OpsStores, projection: Projection) => Promise<string[]>,
): Promise<Outcome> {
  const [projection] = projectionsNamed([name]);
  if (!projection) throw new RangeError('name a projection');
  return withStores(config, async (stores) => {
    const decisions = await decide(stores, projection);
    const { isRight, lines } = await outcome(stores, projection);
    return found(isRight, [...decisions, ...lines], { projection: name, decisions, came: lines });
  });
}

interface Came {
  readonly isRight: boolean;
  readonly lines: readonly string[];
}

/** Waits until whoever runs the projection has taken the decision up, and tells what came of it. */
async function outcome(stores: OpsStores, projection: Projection): Promise<Came> {
  const { name } = projection;
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const { state, failure, parked, holder } = await projectionStatus(stores, projection);
    if (failure) return { isRight: false, lines: [`${name}: ${state}: ${failure.error}`] };
    const isWaiting = parked.some(({ retry }) => retry) || state === 'behind';
    if (!isWaiting && parked.length === 0) return { isRight: true, lines: [] };
    if (!isWaiting) return { isRight: false, lines: [`${name}: ${parked.length} set aside`] };
    if (holder === null || performance.now() > end) {
      const line = `${name}: recorded; it is done as soon as a process runs the projection`;
      return { isRight: false, lines: [line] };
    }
    await delay(LOOK_MS);
  }
}
