import type { Part, Route } from './call.ts';

interface Schema {
  readonly $ref?: string;
  readonly format?: string;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: {
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly maxLength?: number;
  };
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
/** As much of the API's document as the client is written from. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<
      Record<
        string,
        { readonly properties?: Readonly<Record<string, { readonly maxLength?: number }>> }
      >
    >;
  };
}
/** An operation and where it is. */
interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const placesOf = ({ paths }: Document): readonly Place[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

const has = ({ parameters = [] }: Operation, where: string): boolean =>
  parameters.some((one) => one.in === where);
const takesHeader = ({ parameters = [] }: Operation, name: string): boolean =>
  parameters.some((one) => one.in === 'header' && one.name === name);

function partsOf(operation: Operation): readonly Part[] {
  return [
    ...(has(operation, 'path') ? (['path'] as const) : []),
    ...(has(operation, 'query') ? (['query'] as const) : []),
    ...(operation.requestBody ? (['body'] as const) : []),
  ];
}

/** The document names the types of what it refers to. */
const nameOf = ({ $ref = '' }: Schema): string => $ref.split('/').at(-1) ?? '';

/** The content of what an operation answers where it went well. */
const answerOf = ({ responses }: Operation): Content =>
  (responses['201'] ?? responses['200'] ?? responses['202'])?.content ?? {};

function kindOf(operation: Operation): 'json' | 'blob' | 'text' | 'stream' {
  const media = Object.keys(answerOf(operation));
  if (media.includes('application/json')) return 'json';
  if (media.includes('text/event-stream')) return 'stream';
  return media.every((type) => type.startsWith('text/')) ? 'text' : 'blob';
}

const kindTypes = { blob: 'Blob', text: 'string', stream: 'ReadableStream<Uint8Array>' } as const;

function answerType(operation: Operation): string {
  const kind = kindOf(operation);
  if (kind !== 'json') return kindTypes[kind];
  return nameOf(answerOf(operation)['application/json']?.schema ?? {});
}

const bodyType = ({ requestBody }: Operation): string =>
  nameOf(Object.values(requestBody?.content ?? {})[0]?.schema ?? {});

function optionsType(operation: Operation): string {
  if (takesHeader(operation, 'Idempotency-Key')) return 'CommandOptions';
  return takesHeader(operation, 'Read-After') ? 'QueryOptions' : 'CallOptions';
}

/** What stands in a path is a number, one of a few texts, or any text. */
function pathType({ name, schema }: Parameter): string {
  if (schema.type === 'integer') return `${name}: number`;
  const choices = schema.enum?.map((one) => `'${one}'`).join(' | ');
  return `${name}: ${choices ?? 'string'}`;
}

function signature(operation: Operation): string {
  const { operationId: id, parameters = [] } = operation;
  const inPath = parameters.filter((one) => one.in === 'path').map(pathType);
  const queried = parameters.some((one) => one.in === 'query' && one.required === true);
  const texts: Readonly<Record<Part, string>> = {
    path: `path: { ${inPath.join('; ')} }`,
    query: `query${queried ? '' : '?'}: Query<'${id}'>`,
    body: `body: ${bodyType(operation)}`,
  };
  const given = [...partsOf(operation).map((part) => texts[part])];
  const all = [...given, `options?: ${optionsType(operation)}`].join(', ');
  return `${id}(${all}): Promise<Answer<${answerType(operation)}>>;`;
}

const methodText = ({ method, path, operation }: Place): string =>
  `/**\n * ${operation.summary}\n * \`${method.toUpperCase()} ${path}\`\n */\n${signature(operation)}\n`;

function routeText({ method, path, operation }: Place): string {
  const kind = kindOf(operation);
  const isForm = operation.requestBody && 'multipart/form-data' in operation.requestBody.content;
  const route = {
    method,
    path,
    takes: partsOf(operation),
    ...(isForm && { form: true }),
    ...(kind !== 'json' && { answers: kind }),
  } as Route;
  return `${operation.operationId}: ${JSON.stringify(route)},\n`;
}

/** The module that has a method of its own for every operation, by the operation's name. */
export function methodsText(document: Document): string {
  const places = placesOf(document);
  const named = places.flatMap(({ operation }) => [bodyType(operation), answerType(operation)]);
  const types = [...new Set(named)]
    .filter((name) => !['', ...Object.values<string>(kindTypes)].includes(name))
    .sort();
  return `/** Written by generate.main.ts from docs/openapi.json: change what is described there. */
import type { Answer, CallOptions, CommandOptions, QueryOptions, Route } from './call.ts';
import type { operations, ${types.join(', ')} } from './schema.ts';

type Query<K extends keyof operations> = NonNullable<operations[K]['parameters']['query']>;

/**
 * Every operation of the API by its name. Each takes what stands in its path, its query or body, and
 * options. @throws PortalProblem when the service refuses @throws PortalUnreachable when it cannot be reached
 */
export interface PortalMethods {
${places.map(methodText).join('')}}

export const routes: Readonly<Record<keyof PortalMethods, Route>> = {
${places.map(routeText).join('')}};
`;
}
