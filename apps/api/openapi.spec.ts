import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Shape;
  }[];
  readonly responses: Readonly<Record<string, { headers: Record<string, { required?: boolean }> }>>;
}
const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, Shape> }> };
};
const { schemas } = components;
/** Named like bodies, and answered. */
const isAnswer = /^(ImageUseDto|SignatureUseDto|AuditChangeDto|DifferenceDto)\./;
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly allOf?: readonly object[];
  readonly $ref?: string;
}
/** What a body or query may hold, field by field: of each how far it may go is known. */
const isBounded = ({
  type,
  format,
  enum: choices,
  maxLength,
  minimum,
  maximum,
}: Shape): boolean => {
  if (choices || format || type === 'boolean') return true;
  if (type === 'integer') return minimum !== undefined && maximum !== undefined;
  return type === 'string' && maxLength !== undefined;
};

describe('docs/openapi.json', () => {
  it('bounds every field of every body, as the service does', () => {
    const bodies = Object.entries(schemas).filter(([name]) => /(Dto|Form|Upload)$/.test(name));
    const fields = bodies.flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).map(([field, shape]) => ({ field: `${name}.${field}`, shape })),
    );
    const asked = fields.filter(
      ({ field, shape }) => !shape.allOf && shape.$ref === undefined && !isAnswer.test(field),
    );
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter(({ shape }) => !isBounded(shape)).map(({ field }) => field)).toEqual([]);
  });

  it('bounds every parameter of every query, but for revisions', () => {
    const asked = operations.flatMap(({ operation: { parameters = [] } }) =>
      parameters.filter((one) => one.in === 'query'),
    );
    const open = asked.filter(({ schema }) => !isBounded(schema)).map(({ name }) => name);
    expect([...new Set(open)]).toEqual(['revision']);
  });

  it.each(operations)(
    'declares every parameter in the path of $method $path, once',
    ({ path, operation }) => {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort());
    },
  );

  it.each(operations)('says of $method $path how it answers, and how it refuses', (one) => {
    const { responses } = one.operation;
    const statuses = Object.keys(responses);
    expect(statuses).toEqual(expect.arrayContaining(['4XX', '5XX']));
    if (one.method === 'get') expect(statuses).toContain('304');
    // What makes something answers 200 where it was there already.
    if (statuses.includes('201')) expect(statuses).toContain('200');
    for (const { headers } of Object.values(responses)) {
      expect(headers['X-Correlation-Id']).toMatchObject({ required: true });
    }
  });
});
