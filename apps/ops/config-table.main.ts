import { readFile, writeFile } from 'node:fs/promises';
import { settings } from '#config';

const FILE = 'README.md';
const BEGIN = '<!-- configuration: generated from libs/config -->';
const END = '<!-- end of configuration -->';

interface Described {
  readonly description?: string;
  readonly def: { readonly type: string; readonly defaultValue?: unknown };
}

function row([name, setting]: [string, unknown]): string {
  const { description = '', def } = setting as Described;
  const fallback = def.type === 'default' ? `\`${String(def.defaultValue)}\`` : '–';
  return `| \`${name}\` | ${fallback} | ${description} |`;
}

const table = (): string =>
  [
    '| variable | default | meaning |',
    '|---|---|---|',
    ...Object.entries(settings.shape).map(row),
  ].join('\n');

/** Puts the configuration table into README.md; with `--check` says whether it is there as it should be. */
async function main(check: boolean): Promise<number> {
  const text = await readFile(FILE, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${FILE} has no ${BEGIN}`);
  const next = `${before}${BEGIN}\n\n${table()}\n\n${END}${after}`;
  if (!check) {
    await writeFile(FILE, next);
    return 0;
  }
  if (next !== text) console.error(`${FILE} is stale: run npm run generate`);
  return next === text ? 0 : 1;
}

process.exitCode = await main(process.argv.includes('--check'));
