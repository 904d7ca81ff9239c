import type { Projection } from '#projections';
import type { Doc } from '#read-store';
import type { Desk } from '../desk.ts';
import type { ApiRequest } from '../http/request.ts';

/** Documents read at once. */
const PAGE = 200;

export interface OfYear {
  readonly agency: string;
  readonly year: number;
}

/** A read model's documents of an agency's year, a page at a time. */
export async function* documentsOf(
  desk: Desk,
  request: ApiRequest,
  { projection, agency, year }: OfYear & { readonly projection: Projection },
): AsyncGenerator<Doc> {
  let after: string | undefined;
  do {
    const from = after === undefined ? {} : { after };
    const query = { filter: { agency, year }, limit: PAGE, ...from };
    const page = await desk.page(request, projection, query);
    for (const { doc } of page.items) yield doc;
    after = page.next;
  } while (after !== undefined);
}
