import { ensureLog } from './rebuild.ts';
import { carry, startServer } from './remote-log.ts';
import { alternate, figure, median, type Figure } from './report.ts';
import { inProcess, type Measured } from './tasks.ts';

const FILLED = 'register_entries';
/** The tests' double takes its time to be written to. */
const MOST_EVENTS = 100_000;

/** Microseconds of the processor that the busiest thread took for an event. */
const perEvent = (runs: readonly Measured[], events: number): number[] =>
  runs.map(({ more }) => ((more['busiest'] ?? Number.NaN) / events) * 1e6);

/** A read model filled from EventStoreDB, against its client alone reading the same events. */
export async function benchFilling(
  folder: string,
  most: number,
  rounds: number,
): Promise<Figure[]> {
  const events = Math.min(most, MOST_EVENTS);
  await ensureLog(folder, events);
  const server = await startServer(folder);
  try {
    await carry(folder, server.url);
    const { client, filled } = await alternate(rounds, {
      client: () => inProcess('read-by-client', server.url),
      filled: () => inProcess('fill-from-server', folder, server.url, FILLED),
    });
    const rates = (runs: typeof client): number[] =>
      runs.map(({ seconds, more }) => {
        if (more['events'] !== events)
          throw new Error(`read ${more['events']} of ${events} events`);
        return events / seconds;
      });
    const [reached, limit] = [rates(filled), rates(client)];
    const [spent, least] = [perEvent(filled, events), perEvent(client, events)];
    return [
      {
        name: `filling ${FILLED} from EventStoreDB / its client alone`,
        ratio: median(reached) / median(limit),
        goal: '≥ 0.60',
        detail: `${figure(reached, 'events/s')} against ${figure(limit, 'events/s')}; ${server.name}`,
      },
      {
        name: 'the same by processor time of the busiest thread',
        ratio: median(least) / median(spent),
        goal: '≥ 0.60',
        detail: `${figure(spent, 'µs an event')} against ${figure(least, 'µs')}: with a core for every thread`,
      },
    ];
  } finally {
    await server.stop();
  }
}
