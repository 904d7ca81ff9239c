import type { OpenAPIObject } from '@nestjs/swagger';

interface Shape {
  readonly $ref?: string;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly allOf?: readonly Shape[];
}
type Shapes = Readonly<Record<string, Shape>>;

/** The names a schema refers to. */
const namesIn = (schema: object): string[] =>
  [...JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name = '']) => name,
  );

/** Every schema a request's body is made of. */
function bodiesOf({ paths }: OpenAPIObject, schemas: Shapes): ReadonlySet<string> {
  const found = new Set<string>();
  type Operations = Record<string, { readonly requestBody?: object }>;
  const operations = Object.values(paths).flatMap((item) => Object.values(item as Operations));
  const open = operations.flatMap(({ requestBody = {} }) => namesIn(requestBody));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...namesIn(schemas[name] ?? {}));
  }
  return found;
}

/** A reference cannot say more than what it refers to (OpenAPI 3.0). */
const nullable = ({ $ref, ...shape }: Shape): Shape => ({
  ...shape,
  ...($ref !== undefined && { allOf: [{ $ref }] }),
  nullable: true,
});

function withNulls({ properties, required = [], ...schema }: Shape): Shape {
  const fields = Object.entries(properties ?? {}).map(([name, shape]) => {
    // A file is there or it is not.
    const mayBeNull = !required.includes(name) && shape.format !== 'binary';
    return [name, mayBeNull ? nullable(shape) : shape];
  });
  return {
    ...schema,
    ...(required.length > 0 && { required }),
    ...(properties && { properties: Object.fromEntries(fields) as Shapes }),
  };
}

/** Says of every field of a body that may be left out that `null` leaves it out (`IfGiven`). */
export function describeLeftOut(document: OpenAPIObject): OpenAPIObject {
  const schemas = (document.components?.schemas ?? {}) as Shapes;
  const bodies = bodiesOf(document, schemas);
  const described = Object.entries(schemas).map(([name, schema]) => [
    name,
    bodies.has(name) ? withNulls(schema) : schema,
  ]);
  const components = { ...document.components, schemas: Object.fromEntries(described) as object };
  return { ...document, components } as OpenAPIObject;
}
