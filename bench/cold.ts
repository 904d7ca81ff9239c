import { join } from 'node:path';
import { writeRegister } from './log.ts';
import { alternate, figure, median, type Figure } from './report.ts';
import { inProcess } from './tasks.ts';

const plan = { agency: 'BK-001', year: 2024 };

/** A register of many entries: opened cold, and asked warm. */
export async function benchCold(
  folder: string,
  entries: number,
  rounds: number,
): Promise<Figure[]> {
  await writeRegister(join(folder, 'events.db'), { ...plan, events: entries });
  const runs = await alternate(rounds, {
    bare: () => inProcess('bare', folder),
    fold: () => inProcess('fold', folder, plan.agency, String(plan.year)),
  });
  const bare = runs.bare.map(({ seconds }) => seconds);
  const fold = runs.fold.map(({ seconds }) => seconds);
  const decide = runs.fold.map(({ more }) => (more['decide'] ?? Number.NaN) * 1e6);
  const execute = runs.fold.map(({ more }) => (more['execute'] ?? Number.NaN) * 1e3);
  return [
    {
      name: 'cold fold of the register / one second',
      ratio: median(fold),
      goal: '≈ 1',
      detail: `${figure(fold, 's', 2)}; ${figure(bare, 's', 2)} to read and parse it bare`,
    },
    {
      name: 'warm decision / one millisecond',
      ratio: median(decide) / 1000,
      goal: '≤ 0.10',
      detail: figure(decide, 'µs', 1),
    },
    {
      name: 'one number, durable, alone / one millisecond',
      ratio: median(execute),
      goal: '–',
      detail: `${figure(execute, 'ms', 2)}, mostly the disk`,
    },
  ];
}
