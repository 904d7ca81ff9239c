import type { ImageRefused } from '#commands';
import type { Refusal } from '#domain';
import { nameInForm, shortened } from '../fields/said.ts';
import { badInputRow, type BadInput } from './bad-input.ts';
import { imageProblem } from './image-problems.ts';
import type { FieldProblem, Problem, ProblemRow } from './problem.ts';
import { refusals, type OneRefusal } from './refusals.ts';

/** A problem but for what every one of them gets. */
export type Body = Omit<Problem, 'type' | 'instance'>;

export function fromRow<D>(code: string, row: ProblemRow<D>, details: D): Body {
  const { status, title } = row;
  const named = (details as { field?: unknown }).field;
  const field = row.field ?? (typeof named === 'string' ? nameInForm(named) : undefined);
  const detail = row.detail(clipped(details));
  return {
    code,
    status,
    title,
    detail,
    ...(field !== undefined && { field }),
    ...row.more?.(details),
  };
}

/** What a text repeats of names is bounded, whoever gave them. */
const clipped = <D>(details: D): D =>
  Object.fromEntries(
    Object.entries(details as object).map(([name, value]) => [
      name,
      typeof value === 'string' ? shortened(value) : (value as unknown),
    ]),
  ) as D;

export function fromRefusal(refusal: Refusal): Body {
  if (isSeveral(refusal))
    return fromBadInput({ problems: refusal.details.refused.map(fieldProblem) });
  const row = refusals[refusal.code as OneRefusal] as ProblemRow<unknown>;
  return fromRow(refusal.code, row, refusal.details);
}

const isSeveral = (refusal: Refusal): refusal is Refusal<'VALIDATION'> =>
  refusal.code === 'VALIDATION';

/** A refusal as one of a form's several faults. */
export function fieldProblem(refusal: Refusal): FieldProblem {
  const { detail, field = '' } = fromRefusal(refusal);
  return { field, code: refusal.code, detail };
}

/** A picture that was refused, as one of a form's several faults. */
export function imageFault({ problem }: ImageRefused): FieldProblem {
  const { detail, crop } = imageProblem(problem);
  return { field: 'image', code: problem.code, detail, ...(crop && { crop }) };
}

/** With what else is wrong with the form; what is wrong with none of its fields no other form puts right. */
export function fromImage(refused: ImageRefused): Body {
  const { problem, refusal } = refused;
  if (refusal === undefined) return imageProblem(problem);
  const other = fromRefusal(refusal);
  if (other.errors === undefined && other.field === undefined) return other;
  const problems = other.errors ?? [fieldProblem(refusal)];
  return fromBadInput({ problems: [...problems, imageFault(refused)] });
}

/** One broken field is the problem itself; several are listed under one. */
export function fromBadInput({ problems }: Pick<BadInput, 'problems'>): Body {
  const [first] = problems;
  if (first && problems.length === 1) return { ...badInputRow, ...first };
  const detail = problems.map((problem) => problem.detail).join(' ');
  const crop = problems.find((problem) => problem.crop)?.crop;
  const errors = problems.map(({ crop: _crop, ...problem }) => problem);
  return { ...badInputRow, code: 'VALIDATION', detail, errors, ...(crop && { crop }) };
}
