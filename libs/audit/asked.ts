/** What a request asked for, without what identifies people. */
export interface AskedFor {
  readonly path: string;
  /** Parameters whose values are words and figures of the API's own: paging, states, days. */
  readonly query: Readonly<Record<string, string>>;
  /** Names of the parameters whose values are not kept: they may hold a person's name or papers. */
  readonly searched: readonly string[];
}

/** Parameters that name nobody; every other one, also one that comes later, is kept by its name only. */
const KEPT: ReadonlySet<string> = new Set([
  ...['limit', 'offset', 'sort', 'state', 'status', 'year', 'type', 'kind', 'level'],
  ...['from', 'to', 'at', 'revision', 'checkpoint', 'version', 'variant'],
]);
/** A word or figure of the API's own. */
const VALUE = /^[\w.:+-]{1,64}$/;
const NAME = /^\w{1,40}$/;
/** Names a caller invents are told together. */
const OTHER = 'other';

/**
 * A request's target, split: whose names were searched for is not kept in clear, nor as a hash that
 * whoever has the records could try names against.
 */
export function askedFor(target: string): AskedFor {
  const [path = '', search = ''] = target.split(/\?(.*)/s, 2);
  const query = new Map<string, string>();
  const searched = new Set<string>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (KEPT.has(name) && VALUE.test(value) && !query.has(name)) query.set(name, value);
    else searched.add(NAME.test(name) ? name : OTHER);
  }
  return { path, query: Object.fromEntries(query), searched: [...searched].slice(0, MOST_NAMES) };
}

/** More than any route has parameters. */
const MOST_NAMES = 20;
