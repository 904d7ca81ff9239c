/** Items of a page: enough that the promise it takes counts for nothing, little enough to hold. */
const PAGE = 500;

/** What a source of single items gives, in full pages and a last one with the rest. */
export async function* inPages<T>(source: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let page: T[] = [];
  for await (const item of source) {
    page.push(item);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
