import { knownMoment, momentIn, type AskedMoment, type Moment } from '#audit';
import type { Config } from '#config';
import type { EventStore } from '#event-store';
import { withLog } from '../stores.ts';
import { withAudit } from './audit.ts';

/** The moment an option names. @throws RangeError */
export function askedMoment(option: string, text: string): AskedMoment {
  const moment = momentIn(text);
  if (moment) return moment;
  throw new RangeError(
    `${option}: no revision, checkpoint:<size>, day or instant (2024-05-10T09:00:00+07:00): ${text}`,
  );
}

/**
 * Works on the log with moments of it. What was sealed is looked at only where one of them is a checkpoint.
 * @throws NotSealed there is no such checkpoint
 */
export function withMoments<T>(
  config: Config,
  asked: readonly AskedMoment[],
  work: (store: EventStore, moments: readonly Moment[]) => Promise<T>,
): Promise<T> {
  const known = asked.flatMap((one) => ('checkpoint' in one ? [] : [one]));
  if (known.length === asked.length) return withLog(config, (store) => work(store, known));
  return withAudit(config, async ({ proofs, sources }) => {
    const moments = await Promise.all(asked.map((one) => knownMoment(proofs, one)));
    return work(sources.eventStore, moments);
  });
}
