import type { RefusalCode } from '#domain';
import type { ImageProblemCode } from '#image-store';

/** RFC 9457 problem details, with a stable code for machines. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The request it answers: its correlation id. */
  readonly instance: string;
  readonly code: string;
  /** The field at fault, by its name in the request, where there is one. */
  readonly field?: string;
  /** Every field at fault, where there are several. */
  readonly errors?: readonly FieldProblem[];
  /** With 412: what the caller would see now, under the `ETag` of the same answer. With 409: what stands in the way. */
  readonly current?: object;
  /** Of a stream that has no such revision: its last one; -1 for none. */
  readonly last?: number;
  /** With 422: the part of the picture that is to be cut out, in pixels. */
  readonly crop?: object;
  /** Where what stands in the way differs from what was asked for. */
  readonly differences?: readonly Difference[];
}

export interface Difference {
  readonly field: string;
  readonly label: string;
  readonly there: unknown;
  readonly asked: unknown;
}

/** What can be wrong with the shape of a field, beside what the domain says of its value. */
export const shapeCodes = ['TYPE', 'UNKNOWN_FIELD', 'DUPLICATE_FIELD', 'NOT_ALLOWED'] as const;

/** What a field can be refused with before a command is decided. */
export type InputCode = (typeof shapeCodes)[number] | RefusalCode | ImageProblemCode;

export interface FieldProblem {
  readonly field: string;
  readonly code: InputCode;
  readonly detail: string;
  /** Of a picture: what is to be cut out of it. */
  readonly crop?: object;
}

/** What a table row says of a code; the rest of a problem follows from the request. */
export interface ProblemRow<D> {
  readonly status: number;
  readonly title: string;
  readonly detail: (details: D) => string;
  /** The request's field, where the code alone tells it. */
  readonly field?: string;
  /** Extension members (RFC 9457, section 3.2). */
  readonly more?: (details: D) => object;
}

/** What needs no details to be told. */
export type None = Readonly<Record<string, never>>;

/** The title of what is wrong with the request as such. */
export const BAD_REQUEST = 'Yêu cầu không hợp lệ';

export const problemType = (code: string): string => `urn:so-chung-thuc:problem:${code}`;
