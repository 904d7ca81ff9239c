import { z } from 'zod';
import {
  canBeIdentifier,
  canBeStatisticalCode,
  isBroken,
  LONGEST_IDENTIFIER,
  tidy,
  type AgencyLevel,
} from '#domain';
import { parseCsv } from './csv.ts';

/** An agency as a file tells of it. One with a successor or a last day is to be retired. */
export interface AgencyRow {
  /** Where it stands in the file: `line 2` of CSV, `item 1` of JSON. */
  readonly where: string;
  readonly code: string;
  readonly name: string;
  readonly level: AgencyLevel;
  readonly identifier: string | null;
  readonly statisticalCode: string | null;
  readonly successor: string | null;
  readonly retiredOn: string | null;
  readonly reason: string;
}

/** A row that cannot be read as an agency; `problem` says why. */
export interface BrokenRow {
  readonly where: string;
  readonly code: string;
  readonly problem: string;
}

const columns = [
  ...(['code', 'name', 'level', 'identifier', 'statisticalCode'] as const),
  ...(['successor', 'retiredOn', 'reason'] as const),
] as const;
const required = ['code', 'name', 'level'] as const;

/** Levels as the API writes them, or as people do. */
const levelNames: Readonly<Record<string, AgencyLevel>> = {
  province: 'province',
  tỉnh: 'province',
  district: 'district',
  huyện: 'district',
  commune: 'commune',
  xã: 'commune',
};

/** As the API takes it: whole, tidy, and no longer than so many characters. */
const text = (most: number) =>
  z
    .string()
    .refine((given) => !isBroken(given), 'characters were lost')
    .transform(tidy)
    .pipe(z.string().max(most));
const optional = (most: number) =>
  z
    .union([text(most), z.null()])
    .optional()
    .transform((given) => given ?? '');
const shape = z.strictObject({
  code: text(32).pipe(z.string().min(1)),
  name: text(200).pipe(z.string().min(1)),
  level: text(32)
    .transform((given) => levelNames[given.normalize('NFC').toLowerCase()])
    .refine((level) => level !== undefined, 'province (tỉnh), district (huyện) or commune (xã)'),
  identifier: optional(LONGEST_IDENTIFIER).refine(
    (given) => given === '' || canBeIdentifier(given),
    'a letter, two digits and levels behind dots: H55.1.2',
  ),
  statisticalCode: optional(5).refine(
    (given) => given === '' || canBeStatisticalCode(given),
    'two digits of a province, five of a commune',
  ),
  successor: optional(32),
  retiredOn: optional(10),
  reason: optional(500),
});

function rowOf(where: string, given: unknown): AgencyRow | BrokenRow {
  const parsed = shape.safeParse(given);
  const { code } = (given ?? {}) as { code?: unknown };
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    return { where, code: typeof code === 'string' ? code : '', problem: issues.join('; ') };
  }
  const { successor, retiredOn, level, identifier, statisticalCode, ...row } = parsed.data;
  const codes = { identifier: identifier || null, statisticalCode: statisticalCode || null };
  const ending = { successor: successor || null, retiredOn: retiredOn || null };
  return { where, ...row, level: level, ...codes, ...ending };
}

/** @throws RangeError when the header is not the columns of an agency */
function csvRows(content: string): readonly (AgencyRow | BrokenRow)[] {
  const [header, ...lines] = parseCsv(content);
  const names = header?.cells ?? [];
  const known = names.every((name) => columns.some((column) => column === name));
  const repeated = new Set(names).size !== names.length;
  if (!known || repeated || required.some((name) => !names.includes(name))) {
    throw new RangeError(
      `the first line must name the columns ${required.join(', ')}, and of ${columns.slice(3).join(', ')} any`,
    );
  }
  return lines.map(({ line, cells }) => {
    const where = `line ${line}`;
    if (cells.length > names.length) {
      const problem = `${cells.length} cells under ${names.length} columns`;
      return { where, code: cells[names.indexOf('code')] ?? '', problem };
    }
    return rowOf(where, Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])));
  });
}

/** @throws RangeError for what is not an array in JSON */
function jsonRows(content: string): readonly (AgencyRow | BrokenRow)[] {
  let items: unknown;
  try {
    items = JSON.parse(content.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new RangeError(`not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!Array.isArray(items)) throw new RangeError('the file must hold an array of agencies');
  return items.map((item, index) => rowOf(`item ${index + 1}`, item));
}

/** The agencies a file tells of, JSON or CSV by what it begins with. @throws RangeError */
export function agencyRows(content: string): readonly (AgencyRow | BrokenRow)[] {
  return /^\ufeff?\s*[[{]/.test(content) ? jsonRows(content) : csvRows(content);
}
