import type { OpenAPIObject } from '@nestjs/swagger';
import type { Operation } from './problem-codes.ts';

/** What parameters of one query demand of one another, which no parameter can say by itself. */
export interface QueryRule {
  /** It holds for every operation that has all of these parameters. */
  readonly of: readonly string[];
  /** And has none of these. */
  readonly butNot?: readonly string[];
  readonly description: string;
  /** JSON Schema of the query as an object: by name, whole numbers as numbers. */
  readonly schema: object;
}

type Item = Record<string, Operation & { readonly description?: string }>;

/**
 * Writes the rules beside each operation they hold for: for machines as one JSON Schema of the whole
 * query in `x-query`, for people in its description.
 */
export function describeQueries(
  { paths, ...document }: OpenAPIObject,
  rules: readonly QueryRule[],
): OpenAPIObject {
  const items = Object.entries(paths).map(([path, item]) => {
    const operations = Object.entries(item as Item).map(([method, operation]) => [
      method,
      withRules(operation, rules),
    ]);
    return [path, Object.fromEntries(operations) as object];
  });
  return { ...document, paths: Object.fromEntries(items) as OpenAPIObject['paths'] };
}

function withRules(operation: Item[string], rules: readonly QueryRule[]): object {
  const names = (operation.parameters ?? []).flatMap((one) =>
    'in' in one && one.in === 'query' ? [one.name] : [],
  );
  const held = rules.filter(
    ({ of, butNot = [] }) =>
      of.every((name) => names.includes(name)) && !butNot.some((name) => names.includes(name)),
  );
  if (held.length === 0) return operation;
  const description = held.map((rule) => rule.description).join(' ');
  return { ...operation, description, 'x-query': { allOf: held.map(({ schema }) => schema) } };
}
