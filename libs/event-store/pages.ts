/** Items of a page: enough that the promise it takes counts for nothing, little enough to hold. */
const PAGE = 500;

/** What a source gives in bunches, in pages that are full, and a last one with the rest. */
export async function* inPages<T>(
  bunches: AsyncIterable<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let page: T[] = [];
  for await (const bunch of bunches) {
    for (const item of bunch) {
      page.push(item);
      if (page.length < PAGE) continue;
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

/** What a source gives in bunches, one at a time. */
export async function* flat<T>(bunches: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const bunch of bunches) yield* bunch;
}
