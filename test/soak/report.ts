import { percentile } from '../../bench/report.ts';
import { valuesOf } from './judge.ts';
import type { LoadAnswer } from './load.ts';
import type { Run } from './phases.ts';
import { svgOf, type Plot } from '../../bench/plots.ts';
import type { Sample } from './samples.ts';

interface Found {
  readonly machine: string;
  /** In the log. */
  readonly numbers: number;
  readonly faults: readonly string[];
}

interface Report {
  readonly markdown: string;
  /** SVG by file name. */
  readonly plots: readonly (readonly [name: string, svg: string])[];
}

const round = (value: number, digits = 0): string =>
  Number.isFinite(value) ? value.toFixed(digits) : '–';

/** A line of the table: at half load, and under overload. */
function row(name: string, run: Run, value: (samples: readonly Sample[]) => string): string {
  return `| ${name} | ${value(run.soak)} | ${value(run.overload)} |`;
}

const least = (field: keyof Sample) => (samples: readonly Sample[]) => {
  const values = valuesOf(samples, field);
  return `${round(Math.min(...values))} – ${round(Math.max(...values))}`;
};
const times = (field: keyof Sample) => (samples: readonly Sample[]) => {
  const values = valuesOf(samples, field);
  const refused = samples.length - values.length;
  const told = `${round(percentile(values, 0.5), 1)} / ${round(percentile(values, 0.99), 1)} ms`;
  return refused === 0 ? told : `${told}, ${refused} of ${samples.length} refused`;
};

const statuses = ({ byStatus, unanswered }: LoadAnswer): string =>
  [...Object.entries(byStatus), ['no answer', unanswered] as const]
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');

export async function reportOf(run: Run, { machine, numbers, faults }: Found): Promise<Report> {
  const { soaked, overloaded, sustainable, recoverySeconds, acknowledged } = run;
  const minutes = (answer: LoadAnswer): string => round(answer.seconds / 60, 1);
  const markdown = `# A soak

${machine}; embedded stores, everything at its default. The load is made on the same machine.

It can answer ${round(sustainable)} requests a second, four numbers to each list, from 64 callers. Then
${minutes(soaked)} minutes at half of that over many offices, with all read models rebuilt meanwhile, and
${minutes(overloaded)} minutes of 640 callers of one office who ask again at once; beside both an office that has no
part in it asks for a number, a list and a sign of life every two seconds.

| | at half load | ten times as many callers |
| --- | --- | --- |
| answers | ${statuses(soaked)} | ${statuses(overloaded)} |
| a second | ${round(rate(soaked))} | ${round(rate(overloaded))} |
| their p50 / p99 | ${soaked.latency.p50} / ${soaked.latency.p99} ms | ${overloaded.latency.p50} / ${overloaded.latency.p99} ms |
${row('another office’s number, p50 / p99', run, times('numberMs'))}
${row('another office’s list', run, times('listMs'))}
${row('a sign of life', run, times('liveMs'))}
${row('resident memory, MiB', run, least('rssMib'))}
${row('open handles', run, least('handles'))}
${row('slowest read model behind, events', run, least('lag'))}
${row('largest write-ahead log, MiB', run, least('walMib'))}

Recovered within ${round(recoverySeconds, 1)} s. ${acknowledged} numbers were acknowledged to the load, ${numbers} are in
the log, without gap or repetition. ${faults.length === 0 ? 'Nothing grew.' : `Found: ${faults.join('; ')}.`}

![memory](memory.svg) ![latency](latency.svg) ![lag](lag.svg)
`;
  return { markdown, plots: await plotsOf([...run.soak, ...run.overload]) };
}

const rate = ({ byStatus, seconds }: LoadAnswer): number =>
  Object.values(byStatus).reduce((sum, count) => sum + count, 0) / seconds;

async function plotsOf(samples: readonly Sample[]): Promise<Report['plots']> {
  const lines = (...fields: readonly (readonly [keyof Sample, string])[]): Plot['lines'] =>
    fields.map(([field, name]) => ({
      name,
      points: samples.flatMap((one) => {
        const y = one[field];
        return y === undefined ? [] : [{ x: one.at / 60, y }];
      }),
    }));
  const x = 'minutes';
  const plots: Readonly<Record<string, Plot>> = {
    'memory.svg': {
      ...{ title: 'Memory', x, y: 'MiB' },
      lines: lines(
        ['rssMib', 'resident'],
        ['heapMib', 'heap'],
        ['walMib', 'largest write-ahead log'],
      ),
    },
    'latency.svg': {
      ...{ title: 'Another office', x, y: 'ms' },
      lines: lines(['numberMs', 'a number'], ['listMs', 'a list'], ['liveMs', 'a sign of life']),
    },
    'lag.svg': {
      ...{ title: 'Slowest read model behind', x, y: 'events' },
      lines: lines(['lag', 'events']),
    },
  };
  return Promise.all(
    Object.entries(plots).map(async ([name, plot]) => [name, await svgOf(plot)] as const),
  );
}
