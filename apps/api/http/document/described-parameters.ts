import type { OpenAPIObject } from '@nestjs/swagger';
import type { Operation } from './problem-codes.ts';

type Parameter = Extract<NonNullable<Operation['parameters']>[number], { name: string }>;
type Item = Record<string, Operation>;
type Described = Pick<Parameter, 'description' | 'schema'>;
/** What stands in paths, by its name there. */
export type InPaths = Readonly<Record<string, Described>>;

const PLACES = ['path', 'query', 'header'];

/** A path's parameters in the order they stand in it, then the query's, then the headers. */
function inOrder(path: string, parameters: readonly Parameter[]): Parameter[] {
  const rank = (one: Parameter): number => PLACES.indexOf(one.in);
  const at = (one: Parameter): number => (one.in === 'path' ? path.indexOf(`{${one.name}}`) : 0);
  return [...parameters].sort((a, b) => rank(a) - rank(b) || at(a) - at(b));
}

function described(one: Parameter, inPaths: InPaths): Parameter {
  if (one.in !== 'path') return one;
  const known = inPaths[one.name];
  if (!known) throw new Error(`nothing is known of {${one.name}} in a path`);
  return { ...one, ...known };
}

/** Says of everything in a path what it is, once for all operations. @throws Error for what nobody described */
export function describeParameters(
  { paths, ...document }: OpenAPIObject,
  inPaths: InPaths,
): OpenAPIObject {
  const items = Object.entries(paths).map(([path, item]) => {
    const operations = Object.entries(item as Item).map(([method, operation]) => {
      const own = (operation.parameters ?? []) as Parameter[];
      const parameters = own.map((one) => described(one, inPaths));
      return [method, { ...operation, parameters: inOrder(path, parameters) }];
    });
    return [path, Object.fromEntries(operations) as object];
  });
  return { ...document, paths: Object.fromEntries(items) as OpenAPIObject['paths'] };
}
