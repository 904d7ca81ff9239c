import type { Document } from './methods-text.ts';

type Lengths = Readonly<Record<string, Readonly<Record<string, number>>>>;
type Named = readonly [name: string, length: number | undefined];

/** Only what has a greatest length, and only those that have any. */
function lengthsIn(all: readonly (readonly [string, readonly Named[]])[]): Lengths {
  const limited = all.map(([name, fields]): readonly [string, Readonly<Record<string, number>>] => [
    name,
    Object.fromEntries(fields.filter((one): one is [string, number] => one[1] !== undefined)),
  ]);
  return Object.fromEntries(limited.filter(([, fields]) => Object.keys(fields).length > 0));
}

/** The most characters each field of a body may have. */
const inBodies = ({ components }: Document): Lengths =>
  lengthsIn(
    Object.entries(components.schemas).map(([name, { properties = {} }]) => [
      name,
      Object.entries(properties).map(([field, { maxLength }]) => [field, maxLength]),
    ]),
  );

/** The most characters each parameter of a query may have. */
const inQueries = ({ paths }: Document): Lengths =>
  lengthsIn(
    Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId, parameters = [] }) => [
        operationId,
        parameters
          .filter((one) => one.in === 'query')
          .map(({ name, schema: { maxLength } }) => [name, maxLength]),
      ]),
  );

/** The module that tells forms how much may be typed into their fields. */
export const lengthsText = (document: Document): string =>
  `/** Written by generate.main.ts from docs/openapi.json: change what is described there. */

/** The most characters a field may have, by the name of its body's type. */
export const lengths = ${JSON.stringify(inBodies(document))} as const;

/** The same of what is asked for in a query, by its operation. */
export const queryLengths = ${JSON.stringify(inQueries(document))} as const;
`;
