import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { lastRevision, replay, type ReplayStep } from '#audit';
import type { Config } from '#config';
import { displayInstant, fieldLabels, thingLabels } from '#domain';
import { found, type Outcome } from '../outcome.ts';
import { untilStopped } from '../run.ts';
import { wholeNumber } from '../whole-number.ts';
import { askedMoment, withMoments } from './moments.ts';

export interface ReplayOptions {
  readonly stream: string;
  /** Revision of the first step. */
  readonly from: string;
  /** A revision, a checkpoint or an instant. */
  readonly until?: string;
  /** Waits for Enter behind each. */
  readonly step?: boolean;
  /** A line of JSON for each step. */
  readonly json?: boolean;
}

/** Prints each event of a stream, and the state after it, as it is read; memory does not grow with the stream. */
export async function replayStream(config: Config, options: ReplayOptions): Promise<Outcome> {
  const { stream } = options;
  const from = wholeNumber('--from', options.from);
  const asked = options.until === undefined ? [] : [askedMoment('--until', options.until)];
  return withMoments(config, asked, async (store, [until]) => {
    const last = await lastRevision(store, stream);
    if (last < 0) throw new RangeError(`--stream: there is no ${stream}`);
    if (from > last) throw new RangeError(`--from: the last event of ${stream} is ${last}`);
    const stopping = untilStopped();
    const pace = options.step === true ? paced(stopping) : undefined;
    const span = { from, last, isGone: () => stopping.aborted, ...(until && { until }) };
    let steps = 0;
    for await (const step of replay(store, stream, span)) {
      await print(options.json === true ? JSON.stringify(step) : linesOf(step).join('\n'));
      steps += 1;
      if (pace && !(await pace.goesOn())) break;
    }
    pace?.close();
    return found(true, [`${steps} of ${last + 1} events of ${stream}`], { stream, steps, last });
  });
}

/** Waits for whoever reads more slowly than the log is read. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
}

/** Enter goes on; `q`, or the end of what is typed, does not. */
function paced(signal: AbortSignal) {
  const typed = createInterface({ input: process.stdin });
  const lines = typed[Symbol.asyncIterator]();
  signal.addEventListener('abort', () => typed.close());
  const goesOn = async (): Promise<boolean> => {
    process.stderr.write('Enter: tiếp · q: thôi ');
    const line = await lines.next();
    return line.done !== true && line.value.trim() !== 'q';
  };
  return { goesOn, close: () => typed.close() };
}

/** A step for people: what changed bears a star, before → after. */
function linesOf(step: ReplayStep): readonly string[] {
  const { revision, occurredAt, label, reason } = step;
  const via = step.via === null ? [] : [`qua ${step.via}`];
  const who = [step.account, step.role, step.actorAgency, ...via].join(', ');
  return [
    `── ${revision} ── ${displayInstant(new Date(occurredAt))} ── ${label}`,
    `   ${step.actor} (${who})`,
    ...(reason === '' ? [] : [`   ${fieldLabels.reason}: ${reason}`]),
    ...step.things.flatMap(({ kind, id, number, fields }) => [
      `   ${[thingLabels[kind], number ?? id ?? ''].join(' ').trimEnd()}`,
      ...fields.map(({ label: name, fromText, toText, changed }) =>
        changed ? `   * ${name}: ${fromText} → ${toText}` : `     ${name}: ${toText}`,
      ),
    ]),
    '',
  ];
}
