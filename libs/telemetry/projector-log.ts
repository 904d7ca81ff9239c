import { EventStoreUnavailable } from '#event-store';
import type { follow } from '#projections';
import { ReadStoreUnavailable } from '#read-store';
import type { Logger } from 'pino';
import type { Outages } from './outages.ts';

type Told = Parameters<typeof follow>[0]['log'];

/** By the name that an error of the store begins with where it is told as text. */
const kinds = [
  ['eventStore', /^(?:EventStoreUnavailable|EventStoreRefuses): /, EventStoreUnavailable],
  ['readStore', /^ReadStoreUnavailable: /, ReadStoreUnavailable],
] as const;

/**
 * Where the projections tell what they do: as lines of the log, but for what an outage of a store
 * makes them say again and again, which is told of as one.
 */
export function projectorLog(
  log: Logger,
  outages: Pick<Outages<'eventStore' | 'readStore'>, 'met'>,
): Told {
  return (level, message, detail) => {
    const { error } = detail as { readonly error?: unknown };
    const said = typeof error === 'string' ? error : '';
    const kind = kinds.find(([, name]) => name.test(said));
    if (!kind) {
      log[level](detail, message);
      return;
    }
    const [service, name, Kind] = kind;
    outages.met(service, new Kind(said.replace(name, '')), { refused: 0 });
  };
}
