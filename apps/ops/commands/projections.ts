import type { Config } from '#config';
import { allProjections, projectionStatus, type ProjectionStatus } from '#projections';
import { table } from '#terminal';
import { rested } from '#threads';
import { found, type Outcome } from '../outcome.ts';
import { untilStopped } from '../run.ts';
import { withStoresAsTheyAre } from '../stores.ts';

export interface ListOptions {
  /** One line of JSON for each look. */
  readonly json?: boolean;
  /** Look again until interrupted, every so many seconds; `true`: every two. */
  readonly watch?: string | true;
}

const CLEAR = '\u001b[H\u001b[2J';

/** Prints how each projection stands against the log; once, or again and again. */
export async function listProjections(config: Config, options: ListOptions): Promise<Outcome> {
  const pause = options.watch === undefined ? undefined : secondsIn(options.watch);
  return withStoresAsTheyAre(config, async (stores) => {
    const look = () => Promise.all(allProjections.map((one) => projectionStatus(stores, one)));
    let rows = await look();
    if (pause === undefined) return found(true, [shown(rows)], rows);
    for (const stopping = untilStopped(); ; rows = await look()) {
      if (!options.json && process.stdout.isTTY) process.stdout.write(CLEAR);
      console.log(options.json ? JSON.stringify(rows) : shown(rows));
      if (!(await rested(pause * 1000, stopping))) return found(true, []);
    }
  });
}

function secondsIn(watch: string | true): number {
  const seconds = watch === true ? 2 : Number(watch);
  if (seconds >= 0.1 && seconds <= 3600) return seconds;
  throw new RangeError('--watch: seconds from 0.1 to 3600');
}

const HEADINGS = [
  'projection',
  'version',
  'collection',
  'position',
  'head',
  'lag',
  'seconds',
  'rate/s',
  'state',
  'parked',
  'holder',
];

/** A table, and below it what needs an operator. */
function shown(rows: readonly ProjectionStatus[]): string {
  const cells = rows.map((row) => [
    row.name,
    String(row.version),
    row.collection ?? '–',
    row.position ?? '–',
    row.head ?? '–',
    String(row.lag),
    String(row.lagSeconds),
    String(row.rate),
    row.state,
    String(row.parked.length),
    row.holder ?? '–',
  ]);
  return [table(HEADINGS, cells), ...rows.flatMap(troublesOf)].join('\n');
}

function troublesOf({ name, failure, astray, parked, rebuild }: ProjectionStatus): string[] {
  const named = ({
    type,
    stream,
    revision,
    position,
  }: ProjectionStatus['parked'][number]['event']) => `${type} ${stream}@${revision} at ${position}`;
  return [
    ...(rebuild
      ? [
          `${name}: ${rebuild.state} ${rebuild.collection}: ${rebuild.done} of ${rebuild.total} events, ${rebuild.rate}/s, by ${rebuild.holder}`,
        ]
      : []),
    ...(astray ? [`${name}: ${astray.reason}; it is filled again (since ${astray.since})`] : []),
    ...(failure
      ? [
          `${name}: ${failure.event ? `${named(failure.event)}: ` : ''}${failure.error} (${failure.attempts} attempts)`,
        ]
      : []),
    ...parked.map(({ event, error }) => `${name}: set aside from ${named(event)}: ${error}`),
  ];
}
