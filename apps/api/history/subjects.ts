import type { Question, Thing } from '#audit';
import { streamOfDossier } from '#commands';
import { agencyStream, mandatesStream, registerStream, sealStream } from '#domain';
import { mandateList, sealList, signatureList } from '#projections';
import { entryNumberOf, registerOfBook } from '../books/book-id.ts';
import type { Desk } from '../desk.ts';
import type { ApiRequest } from '../http/request.ts';

/** What is asked about, and the stream it stands in. */
export type About = Pick<Question, 'stream'> & { readonly subject: Thing };

export const aboutAgency = (agency: string): About => ({
  stream: agencyStream(agency),
  subject: { kind: 'agency' },
});

/** @throws Refusal BOOK_NOT_FOUND */
export const aboutBook = (agency: string, bookId: string): About => ({
  stream: registerStream(registerOfBook(agency, bookId)),
  subject: { kind: 'book', bookId },
});

/** @throws Refusal BOOK_NOT_FOUND */
export const aboutEntry = (agency: string, bookId: string, number: string): About => ({
  stream: registerStream(registerOfBook(agency, bookId)),
  subject: { kind: 'entry', bookId, number: entryNumberOf(number) },
});

/** The list knows whose signature it is, and so in which stream it stands. @throws ApiProblem NOT_FOUND */
export async function aboutSignature(desk: Desk, request: ApiRequest, id: string): Promise<About> {
  const { doc } = await desk.only(request, signatureList, { id });
  return { stream: doc['stream'] as string, subject: { kind: 'signature', id } };
}

/** @throws ApiProblem NOT_FOUND */
export async function aboutMandate(desk: Desk, request: ApiRequest, id: string): Promise<About> {
  await desk.only(request, mandateList, { id });
  const agency = String(request.params['agency']);
  return { stream: mandatesStream(agency), subject: { kind: 'mandate', id } };
}

/** A stream of its own: where nothing was ever received there is nothing at any moment. */
export const aboutDossier = (agency: string, dossier: string): About => ({
  stream: streamOfDossier({ agency, dossier }),
  subject: { kind: 'dossier' },
});

/** @throws ApiProblem NOT_FOUND */
export async function aboutSeal(desk: Desk, request: ApiRequest, id: string): Promise<About> {
  await desk.only(request, sealList, { id });
  const agency = String(request.params['agency']);
  return { stream: sealStream(agency), subject: { kind: 'seal', id } };
}
