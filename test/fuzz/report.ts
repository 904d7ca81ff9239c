import { ENOUGH, untouched, type Asked, type Fault, type Result } from './run.ts';

const SHOWN = 25;

/** The same fault, whatever operation and values it was found with. */
const sameness = ({ what, answer }: Fault): string =>
  `${answer?.status ?? 0} ${what.replaceAll(/\d+|“[^”]*”|"[^"]*"/g, '#').slice(0, 90)}`;

function show(fault: Fault, times: number): string {
  const { operation, what, sent, answer } = fault;
  const { authorization: _token, ...headers } = sent.headers;
  const body =
    sent.body === undefined
      ? ''
      : `\n    body ${JSON.stringify(sent.body.toString().slice(0, 400))}`;
  const told = answer
    ? `\n    answer ${answer.status} ${answer.body.toString().slice(0, 400)}`
    : '';
  return (
    `✗ ${operation} (${times}×): ${what}\n` +
    `    ${sent.method} ${sent.path.slice(0, 300)}\n    headers ${JSON.stringify(headers).slice(0, 400)}${body}${told}`
  );
}

function grouped(faults: readonly Fault[]): string[] {
  const groups = new Map<string, { first: Fault; times: number }>();
  for (const fault of faults) {
    const known = groups.get(sameness(fault));
    groups.set(sameness(fault), { first: known?.first ?? fault, times: (known?.times ?? 0) + 1 });
  }
  return [...groups.values()].slice(0, SHOWN).map(({ first, times }) => show(first, times));
}

function table({ answers, document }: Result): string {
  const lines = [...document.operations.map(({ key }) => key), 'outside the document'].map(
    (key) => {
      const counts = [...(answers.get(key) ?? [])].sort(([a], [b]) => a - b);
      return `  ${key}: ${counts.map(([status, times]) => `${times}×${status}`).join(' ')}`;
    },
  );
  return lines.join('\n');
}

/** Operations nothing ever came of, though they were asked often enough: a run that proves little. */
const neverDone = (result: Result): string[] =>
  result.sent < ENOUGH ? [] : untouched(result).map(({ key }) => `✗ ${key} never answered 2xx`);

/** Prints what was found. @returns the exit status */
export function report(
  asked: Asked,
  result: Result,
  { faults, numbers }: { readonly faults: readonly string[]; readonly numbers: number },
): number {
  const { sent, seconds } = result;
  console.log(table(result));
  console.log(`${sent} requests in ${seconds.toFixed(1)} s (${Math.round(sent / seconds)}/s)`);
  const bad = [
    ...grouped(result.faults),
    ...faults.map((fault) => `✗ after the run: ${fault}`),
    ...neverDone(result),
    ...(sent < asked.requests
      ? [`✗ only ${sent} requests in the ${asked.seconds} s there were`]
      : []),
  ];
  for (const text of bad.slice(0, 2 * SHOWN)) console.log(text);
  const verdict = bad.length === 0 ? 'no fault' : `${result.faults.length} answers at fault`;
  console.log(
    `seed ${asked.seed}: ${verdict}; ${numbers} numbers without gap or repeat checked in the log`,
  );
  return bad.length === 0 ? 0 : 1;
}
