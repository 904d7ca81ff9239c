import { tidy } from '#domain';
import type { ExportAsked } from '#exports';
import { registerOfBook } from '../books/book-id.ts';
import { DEFAULT_TYPE } from '../books/books.dto.ts';
import type { StartExportDto } from './exports.dto.ts';
import type { JobAsked } from './job.ts';

/** What a request asks to have printed, each way of saying it. @throws Refusal BOOK_NOT_FOUND */
export function exportAsked(
  agency: string,
  { of, type = DEFAULT_TYPE, format, revision }: StartExportDto,
): { readonly asked: ExportAsked; readonly facts: JobAsked } {
  const what = tidy(of);
  const isPeriod = /^\d/.test(what);
  const register = isPeriod
    ? { agency, type, year: Number(what.slice(0, 4)) }
    : registerOfBook(agency, what);
  const month = isPeriod && what.length > 4 ? what : null;
  const bookId = isPeriod ? null : what;
  const facts = { type: register.type, year: register.year, bookId, month, format };
  return { asked: { register, scope: scopeOf(bookId, month), format, revision }, facts };
}

function scopeOf(bookId: string | null, month: string | null): ExportAsked['scope'] {
  if (bookId !== null) return { kind: 'book', bookId };
  return month === null ? { kind: 'year' } : { kind: 'month', month };
}
