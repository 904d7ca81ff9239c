import { EventStoreUnavailable } from '#event-store';
import { ReadStoreUnavailable } from '#read-store';
import type { Logger } from 'pino';
import type { Outages } from './outages.ts';

/** Takes what projections, sealing and webhooks tell. */
export type Tell = (level: 'info' | 'warn' | 'error', message: string, detail: object) => void;

/** By the name that an error of the store begins with where it is told as text. */
const kinds = [
  ['eventStore', /^(?:EventStoreUnavailable|EventStoreRefuses): /, EventStoreUnavailable],
  ['readStore', /^ReadStoreUnavailable: /, ReadStoreUnavailable],
] as const;

/**
 * Where these tell what they do: as lines of the log, but for what an outage of a store
 * makes them say again and again, which is told of as one.
 */
export function projectorLog(
  log: Logger,
  outages: Pick<Outages<'eventStore' | 'readStore'>, 'met'>,
): Tell {
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
