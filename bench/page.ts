import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { format, resolveConfig } from 'prettier';
import type { Curve } from './curves.ts';
import { svgOf } from './plots.ts';
import { decimal, type Figure } from './report.ts';

const GIB = 2 ** 30;
const PAGE = 'report.md';

/** Where it was measured and by what: figures of two machines are two sets of figures. */
function machine(): string {
  const [cpu] = cpus();
  const db = new Database(':memory:');
  const sqlite = String(db.prepare('SELECT sqlite_version()').pluck().get());
  db.close();
  const memory = decimal(totalmem() / GIB);
  return `Node ${process.version}, SQLite ${sqlite}, ${platform()} ${release()}, ${cpus().length} × ${cpu?.model ?? 'unknown'}, ${memory} GiB`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (figures: readonly Figure[]): string =>
  [
    row(['what', 'ratio', 'goal', 'medians']),
    row(['---', '---:', '---', '---']),
    ...figures.map(({ name, ratio, goal, detail }) =>
      row([name, Number.isNaN(ratio) ? '–' : ratio.toFixed(2), goal, detail]),
    ),
  ].join('\n');

const plotted = ({ file, title, about }: Curve): string =>
  `## ${title}\n\n${about}\n\n![${title}](${file})`;

/** Writes what was measured as a page with its plots beside it. */
export async function writePage(
  folder: string,
  { figures, curves }: { readonly figures: readonly Figure[]; readonly curves: readonly Curve[] },
  options: readonly string[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const asked = ['npm run bench -- --report', ...options].join(' ');
  const parts = [
    '# Measured',
    `${machine()}; \`${asked}\`. [What each line means](README.md); ± is half the range of the rounds.`,
    ...(figures.length > 0 ? [table(figures)] : []),
    ...curves.map(plotted),
  ];
  const path = join(folder, PAGE);
  const style = { ...(await resolveConfig(path)), parser: 'markdown' };
  await writeFile(path, await format(parts.join('\n\n'), style));
  for (const curve of curves) await writeFile(join(folder, curve.file), await svgOf(curve));
}
