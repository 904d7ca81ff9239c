/** Some of a list, and where it goes on. */
export function someOf<T>(
  all: readonly T[],
  { first, limit }: { readonly first: number; readonly limit: number },
) {
  const items = all.slice(first - 1, first - 1 + limit);
  const next = first + limit;
  return { items, ...(next <= all.length && { next }) };
}
