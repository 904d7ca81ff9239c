import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { documentOf, type OpenApi, type Schema } from '../../test/fuzz/document.ts';
import { operations as rows } from './openapi-operations.ts';
import { problemTable, type ProblemCode } from './http/problems/codes.ts';
import { problemType } from './http/problems/problem.ts';

interface Written {
  readonly operationId: string;
  readonly summary: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Shape;
  }[];
}
const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
const text = readFileSync(file, 'utf8');
const { paths, components, tags } = JSON.parse(text) as {
  paths: Record<string, Record<string, Written>>;
  components: { schemas: Record<string, { properties?: Record<string, Shape> }> };
  tags: readonly { readonly name: string; readonly description: string }[];
};
const { schemas } = components;
const document = documentOf(JSON.parse(text) as OpenApi);
/** Named like bodies, and answered. */
const isAnswer =
  /^(ImageUseDto|SignatureUseDto|SealUseDto|MandateUseDto|AuditChangeDto|DifferenceDto)\./;
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
  readonly maxItems?: number;
  readonly description?: string;
  readonly example?: unknown;
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
  maxItems,
}: Shape): boolean => {
  if (choices || format || type === 'boolean') return true;
  if (type === 'array') return maxItems !== undefined;
  if (type === 'integer') return minimum !== undefined && maximum !== undefined;
  return type === 'string' && maxLength !== undefined;
};

const VIETNAMESE = /[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữự]/i;

const never = (): never => {
  throw new Error('the document has no operation');
};

/** A reader is told by a description, an example, its choices, or what it refers to. */
const isTold = ({ description, example, enum: choices, $ref, allOf }: Shape): boolean =>
  [description, example, choices, $ref, allOf].some((one) => one !== undefined);

type Narrowed = Partial<Record<'code' | 'type' | 'status', readonly unknown[]>>;

/** What a refusal's schema leaves of each field of problem details. */
function narrowed(schema: Schema | undefined): Narrowed {
  const properties = Object.entries(schema?.allOf?.[1]?.properties ?? {});
  return Object.fromEntries(properties.map(([name, one]) => [name, one.enum]));
}

interface Example {
  readonly at: string;
  readonly schema: Schema;
  readonly example: unknown;
}

/** Every example in a part of the document, with the schema it is one of. */
function examplesIn(value: unknown, at: string): readonly Example[] {
  if (value === null || typeof value !== 'object') return [];
  const { example, schema } = value as { example?: unknown; schema?: Schema };
  // A parameter has its schema beside its example; a schema is its own.
  const own = schema ?? value;
  const isOne = example !== undefined && !at.endsWith('/properties');
  const inside = Object.entries(value).flatMap(([name, part]) => examplesIn(part, `${at}/${name}`));
  return [...(isOne ? [{ at, schema: own, example }] : []), ...inside];
}

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

  it.each([
    ['listEntries', { sort: '-requester' }, { sort: '-requester', state: 'voided' }],
    ['listEntries', { sort: 'number', dossier: 'H03' }, { sort: 'requester', dossier: 'H03' }],
    ['listBooks', { after: 'x', offset: '0' }, { after: 'x', offset: '1' }],
    ['bookAsOf', { revision: '3' }, { revision: '3', at: '2024-05-10' }],
    ['bookAsOf', { at: '2024-05-10' }, {}],
  ])('says of %s what its parameters demand of one another', (id, allowed, refused) => {
    const { checkQuery = never } = document.operations.find((one) => one.id === id) ?? {};
    expect(checkQuery(allowed)).toBeUndefined();
    expect(checkQuery(refused)).toBeDefined();
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

  it.each(document.operations)('says of $key every status by itself', ({ method, responses }) => {
    const statuses = Object.keys(responses);
    expect(statuses.filter((status) => !/^[2345]\d\d$/.test(status))).toEqual([]);
    expect(statuses).toEqual(expect.arrayContaining(['400', '408', '417', '431', '500', '503']));
    if (method === 'GET') expect(statuses).toContain('304');
    // What makes something answers 200 where it was there already.
    if (statuses.includes('201')) expect(statuses).toContain('200');
    for (const { headers } of Object.values(responses)) {
      expect(headers?.['X-Correlation-Id']).toMatchObject({ required: true });
    }
  });

  it.each(document.operations)('sends with $key the headers its statuses need', ({ responses }) => {
    const required = Object.entries({
      '201': 'Location',
      '401': 'WWW-Authenticate',
      '429': 'Retry-After',
      '503': 'Retry-After',
    });
    for (const [status, name] of required) {
      const answer = responses[status];
      if (answer) expect(answer.headers?.[name]).toMatchObject({ required: true });
    }
    const current = responses['412']?.headers?.['ETag'];
    expect(current !== undefined).toBe('412' in responses);
  });

  it.each(document.operations)('tells for every refusal of $key which codes it has', (one) => {
    const refusals = Object.entries(one.responses).filter(([status]) => /^[45]/.test(status));
    for (const [status, { content }] of refusals) {
      const { code, type, status: own } = narrowed(content?.['application/problem+json']?.schema);
      expect(own).toEqual([Number(status)]);
      expect(code?.length).toBeGreaterThan(0);
      expect(type).toEqual(code?.map((name) => problemType(String(name))));
      for (const name of code ?? []) {
        expect(problemTable[name as ProblemCode].status).toBe(Number(status));
      }
    }
  });

  it('has a place for every code there is, but for those no operation is refused with', () => {
    const told = document.operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap(
        ({ content }) => narrowed(content?.['application/problem+json']?.schema).code ?? [],
      ),
    );
    const untold = Object.keys(problemTable).filter((code) => !told.includes(code));
    // No operation has the wrong method; numbering is resumed, and webhooks are kept, on the command line alone.
    expect(untold.sort()).toEqual([
      'LAST_GIVEN_BEFORE',
      'LOST_TOO_MANY',
      'METHOD_NOT_ALLOWED',
      'NUMBERING_NOT_PAUSED',
      'WEBHOOK_ENDED',
      'WEBHOOK_EXISTS',
      'WEBHOOK_NOT_FOUND',
      'WEBHOOK_TYPE',
      'WEBHOOK_URL',
    ]);
  });

  it('names every operation as people would, each once, and none that is not there', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z]+)*$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(
      Object.values(rows)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('says what each of its parts is', () => {
    const named = operations.flatMap(({ operation: { tags = [] } }) => tags);
    expect(tags.map(({ name }) => name).sort()).toEqual([...new Set(named)].sort());
    expect(tags.filter(({ description }) => !VIETNAMESE.test(description))).toEqual([]);
  });

  it('sums every operation up in Vietnamese', () => {
    const foreign = operations.filter(({ operation }) => !VIETNAMESE.test(operation.summary));
    expect(foreign.map(({ operation }) => operation.operationId)).toEqual([]);
  });

  it('says of every field and parameter what it is, or shows one', () => {
    const fields = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).map(([field, shape]) => ({ name: `${name}.${field}`, shape })),
    );
    const asked = operations.flatMap(({ operation: { operationId, parameters = [] } }) =>
      parameters.map((one) => ({
        name: `${operationId} ${one.name}`,
        shape: { ...one.schema, ...one },
      })),
    );
    const bare = [...fields, ...asked].filter(({ shape }) => !isTold(shape));
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('gives examples only that its own schemas allow', () => {
    const [one = never()] = document.operations;
    const given = examplesIn(JSON.parse(text), '#');
    expect(given.length).toBeGreaterThan(100);
    const wrong = given.map(({ at, schema, example }) => [at, one.checkAnswer(schema)(example)]);
    expect(wrong.filter(([, fault]) => fault !== undefined)).toEqual([]);
  });
});
