import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { alternate, figure, median, type Figure } from './report.ts';

const execute = promisify(execFile);
const HERE = fileURLToPath(new URL('../..', import.meta.url));
/** The report of a run as JSON is some kilobytes. */
const MOST_OUTPUT = 16 * 2 ** 20;

/** Another version of the program, installed and built in a folder of its own. */
interface Version {
  readonly home: string;
  remove(): Promise<void>;
}

/**
 * Checks a commit out beside this one, with the packages of its own lock file.
 *
 * @throws Error where there is no such commit, or it can't be installed or built
 */
async function checkOut(root: string, commit: string): Promise<Version> {
  const home = join(root, 'against');
  const git = (...args: readonly string[]) => execute('git', ['-C', HERE, ...args]);
  await git('worktree', 'add', '--detach', home, commit);
  const remove = async (): Promise<void> => {
    await rm(home, { recursive: true, force: true });
    await git('worktree', 'prune');
  };
  try {
    await execute('npm', ['ci', '--no-audit', '--no-fund'], { cwd: home, maxBuffer: MOST_OUTPUT });
    await execute('npm', ['run', '-s', 'build'], { cwd: home, maxBuffer: MOST_OUTPUT });
  } catch (error) {
    await remove();
    throw error;
  }
  return { home, remove };
}

/** One round of a version's own bench. @throws Error as it failed, an unknown option included */
async function roundOf(home: string, args: readonly string[]): Promise<readonly Figure[]> {
  const { stdout } = await execute(
    'npm',
    ['run', '-s', 'bench', '--', '--json', '--rounds', '1', ...args],
    { cwd: home, maxBuffer: MOST_OUTPUT },
  );
  return JSON.parse(stdout) as Figure[];
}

/** What both versions measure by one name: this one's ratio over the other's. */
export function compare(
  ours: readonly (readonly Figure[])[],
  theirs: readonly (readonly Figure[])[],
  commit: string,
): Figure[] {
  const ratiosOf = (rounds: readonly (readonly Figure[])[], name: string): number[] =>
    rounds.flat().flatMap((one) => (one.name === name ? [one.ratio] : []));
  const names = new Set(ours.flat().map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [mine, other] = [ratiosOf(ours, name), ratiosOf(theirs, name)];
    if (other.length === 0) return [];
    const detail = `${figure(mine, 'here', 3)} against ${figure(other, `at ${commit}`, 3)}`;
    return [{ name, ratio: median(mine) / median(other), goal: '–', detail }];
  });
}

/** Runs the bench of this version and of another in turn, with the same options. */
export async function benchAgainst(
  root: string,
  commit: string,
  { rounds, args }: { readonly rounds: number; readonly args: readonly string[] },
): Promise<Figure[]> {
  const version = await checkOut(root, commit);
  try {
    const runs = await alternate(rounds, {
      ours: () => roundOf(HERE, args),
      theirs: () => roundOf(version.home, args),
    });
    return compare(runs.ours, runs.theirs, commit);
  } finally {
    await version.remove();
  }
}
