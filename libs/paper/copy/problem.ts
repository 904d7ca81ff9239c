import type { PdfProblemDetails } from './findings.ts';

export type PdfProblemCode = keyof PdfProblemDetails;

/** The file is none that can be stamped, or recorded as signed. Nothing was made of it. */
export class PdfRefused<C extends PdfProblemCode = PdfProblemCode> extends Error {
  override readonly name = 'PdfRefused';
  constructor(
    readonly code: C,
    readonly details: PdfProblemDetails[C],
  ) {
    super(code);
  }
}

/** Throws the problem; an expression, so it can stand behind `??`. */
export function refusePdf<C extends PdfProblemCode>(code: C, details: PdfProblemDetails[C]): never {
  throw new PdfRefused(code, details);
}

/** What is not as the format has it (ISO 32000-1). */
export const broken = (at: string): never => refusePdf('PDF_BROKEN', { at });
