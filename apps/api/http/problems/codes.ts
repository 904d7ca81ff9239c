import type { RefusalCode } from '#domain';
import type { ImageProblemCode } from '#image-store';
import type { PdfProblemCode } from '#paper';
import { apiProblems, type ApiProblemCode } from './api-problems.ts';
import { badInputRow } from './bad-input.ts';
import { imageProblemRows, IMAGE_REFUSED } from './image-problems.ts';
import { shapeCodes } from './problem.ts';
import { pdfProblems } from './pdf-problems.ts';
import { refusals } from './refusals.ts';

type ShapeCode = (typeof shapeCodes)[number] | 'VALIDATION';
/** Every code a problem of this API can have. */
export type ProblemCode =
  ApiProblemCode | RefusalCode | ImageProblemCode | PdfProblemCode | ShapeCode;

interface Row {
  readonly status: number;
  readonly title: string;
}

const rowsOf = <C extends string>(codes: readonly C[], rowOf: (code: C) => Row) =>
  Object.fromEntries(codes.map((code) => [code, rowOf(code)])) as Record<C, Row>;

const imageCodes = Object.keys(imageProblemRows) as ImageProblemCode[];

/** Status and title of every code, from the tables that say its text. */
export const problemTable: Readonly<Record<ProblemCode, Row>> = {
  ...apiProblems,
  ...refusals,
  ...pdfProblems,
  ...rowsOf([...shapeCodes, 'VALIDATION'], () => badInputRow),
  ...rowsOf(imageCodes, (code) => ({
    status: imageProblemRows[code].status,
    title: IMAGE_REFUSED,
  })),
};
