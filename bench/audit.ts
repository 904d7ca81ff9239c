import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeLog } from './log.ts';
import { benchSealedHttp } from './sealed-http.ts';
import { alternate, decimal, figure, median, timed, type Figure } from './report.ts';
import { inProcess, type Measured } from './tasks.ts';

/** What the verifier has to do with, however large the bundle. */
const HEAP_MIB = 64;

/** What sealing, proving and verifying cost beside reading and hashing the same log. */
export async function benchAudit(
  folder: string,
  events: number,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Figure[]> {
  await timed(() => writeLog(join(folder, 'events.db'), events));
  const again = async (): Promise<Measured> => {
    for (const name of ['tlog.db', 'tlog.db-wal', 'tlog.db-shm'])
      await rm(join(folder, name), { force: true });
    return inProcess('seal', folder);
  };
  const sealed = await alternate(rounds, { hash: () => inProcess('hashLog', folder), seal: again });
  const whole = await alternate(rounds, {
    hash: () => inProcess('hashLog', folder),
    check: () => inProcess('check', folder),
  });
  await inProcess('writeBundle', folder);
  const verified = await alternate(rounds, {
    hash: () => inProcess('hashBundle', folder),
    verify: () => inProcess('verify', folder),
  });
  const held = await inProcess('verify', folder, { heapMib: HEAP_MIB });
  const proofs = await inProcess('prove', folder);
  return [
    ratio('sealing the log / reading and hashing it', sealed.hash, sealed.seal, '–'),
    await benchSealedHttp(folder, { rounds, seconds }),
    ratio('fsck of the log / reading and hashing it', whole.hash, whole.check, '≥ 0.30'),
    ratio(
      'verifying a bundle / reading, parsing and hashing it',
      verified.hash,
      verified.verify,
      '≥ 0.30',
    ),
    proving(proofs),
    memory(held, events),
  ];
}

const ms = (seconds: number | undefined): string =>
  `${decimal((seconds ?? Number.NaN) * 1e3, 2)} ms`;

const proving = ({ seconds, more }: Measured): Figure => ({
  name: 'proof of an event, p99 / 5 ms',
  ratio: seconds / 0.005,
  goal: '≤ 1',
  detail:
    `${ms(seconds)}, median ${ms(more['median'])}, p99 of processor time ${ms(more['cpu'])}; of a number not given ${ms(more['absent'])}; ` +
    `of a document ${ms(more['warm'])}, the first of its register ${ms(more['cold'])}`,
});

function memory({ rss }: Measured, events: number): Figure {
  const mib = rss / 2 ** 20;
  return {
    name: 'memory of verifying / 256 MiB',
    ratio: mib / 256,
    goal: '–',
    detail: `${decimal(mib)} MiB for ${decimal(events)} events, with a heap of ${HEAP_MIB} MiB at most`,
  };
}

const secondsOf = (runs: readonly Measured[]): number[] => runs.map(({ seconds }) => seconds);

/** Rate of the work, of the rate of the bare one. */
const ratio = (
  name: string,
  bare: readonly Measured[],
  work: readonly Measured[],
  goal: string,
): Figure => ({
  name,
  ratio: median(secondsOf(bare)) / median(secondsOf(work)),
  goal,
  detail: `${figure(secondsOf(work), 's', 2)} beside ${figure(secondsOf(bare), 's', 2)}`,
});
