import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** As much of an OpenAPI 3.0 document as the fuzz run reads. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly example?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}
export interface ResponseSpec {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly headers?: Readonly<
    Record<string, { readonly required?: boolean; readonly schema: Schema }>
  >;
}
interface Reference {
  readonly $ref: string;
}
type Headers = NonNullable<ResponseSpec['headers']>;
/** An answer as it is written: what several have in common is referred to. */
type WrittenResponse =
  | Reference
  | (Omit<ResponseSpec, 'headers'> & {
      readonly headers?: Readonly<Record<string, Reference | Headers[string]>>;
    });
interface OperationSpec {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  /** JSON Schema of the query as a whole. */
  readonly 'x-query'?: object;
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<Record<string, WrittenResponse>>;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationSpec>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses?: Readonly<Record<string, WrittenResponse>>;
    readonly headers?: Headers;
  };
}

export type Check = (value: unknown) => string | undefined;

/** One method of one path, with its checks made ready. */
export interface Operation {
  /** `POST /v1/agencies/{agency}/books` */
  readonly key: string;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly json: Schema | undefined;
  readonly form: Schema | undefined;
  readonly responses: Readonly<Record<string, ResponseSpec>>;
  /** Matches the paths the framework takes for this one: case and a closing slash do not matter to it. */
  readonly pattern: RegExp;
  /** What is wrong with a JSON body; undefined when nothing is. */
  readonly checkBody: Check | undefined;
  /** What is wrong with the query, texts read as the document's types. */
  readonly checkQuery: Check;
  /** What is wrong with the headers the document names. */
  readonly checkHeaders: Check;
  checkAnswer(schema: Schema): Check;
}

export interface Document {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;
}

/**
 * An OpenAPI 3.0 schema as JSON Schema, closed: a field the document does not name breaks it. That
 * is stricter than the standard and what this API promises in both directions.
 */
function jsonSchema(schema: Schema): object {
  const { $ref, nullable, allOf, oneOf, properties, items, example: _example, ...rest } = schema;
  if (nullable === true)
    return { anyOf: [{ type: 'null' }, jsonSchema({ ...schema, nullable: false })] };
  if ($ref !== undefined)
    return { $ref: $ref.replace('#/components/schemas/', 'api#/definitions/') };
  if (allOf?.length === 1 && allOf[0]) return jsonSchema(allOf[0]);
  // What is referred to is closed; what narrows it names some of its fields.
  if (allOf)
    return { allOf: allOf.map((one) => jsonSchema({ additionalProperties: true, ...one })) };
  if (oneOf) return { anyOf: oneOf.map(jsonSchema) };
  if (rest.format === 'binary') return {};
  const fields = Object.entries(properties ?? {}).map(([name, one]) => [name, jsonSchema(one)]);
  return {
    ...rest,
    ...(items && { items: jsonSchema(items) }),
    ...(properties && { properties: Object.fromEntries(fields) as object }),
    ...(properties && { additionalProperties: rest.additionalProperties ?? false }),
  };
}

function checker(ajv: Ajv): (schema: object) => Check {
  return (schema) => {
    const validate: ValidateFunction = ajv.compile(schema);
    return (value) => {
      if (validate(value)) return undefined;
      const [error] = validate.errors ?? [];
      const { message = '', instancePath = '', params = {} } = error ?? {};
      return `${instancePath} ${message} ${JSON.stringify(params)}`;
    };
  };
}

function queryCheck(
  { parameters = [], 'x-query': rules = {} }: OperationSpec,
  make: (schema: object) => Check,
): Check {
  const inQuery = parameters.filter((one) => one.in === 'query');
  const properties = Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema]));
  const required = inQuery.filter((one) => one.required === true).map(({ name }) => name);
  const check = make({ ...jsonSchema({ type: 'object', properties }), required, ...rules });
  const whole = new Set(
    inQuery.filter((one) => one.schema.type === 'integer').map(({ name }) => name),
  );
  // Coercing takes blanks, `1e1` and ` 1 ` for numbers too.
  const isWritten = ([name, value]: [string, unknown]): boolean =>
    !whole.has(name) || /^-?\d{1,15}$/.test(String(value));
  return (query) => {
    const odd = Object.entries(query as object).find((one) => !isWritten(one));
    return odd ? `${odd[0]} is no whole number as one writes it` : check(query);
  };
}

/** Of headers only those that are named: there are always others. */
function headerCheck(parameters: readonly Parameter[], make: (schema: object) => Check): Check {
  const named = parameters.filter((one) => one.in === 'header');
  const properties = Object.fromEntries(named.map(({ name, schema }) => [name, schema]));
  return make({ type: 'object', properties });
}

/** The document a running service gives of itself. */
export async function readDocument(url: string): Promise<Document> {
  return documentOf((await (await fetch(`${url}/docs/openapi.json`)).json()) as OpenApi);
}

const lastPart = ({ $ref }: Reference): string => $ref.split('/').at(-1) ?? '';

/** An answer with all that it refers to. @throws Error for a reference to nothing */
function wholeAnswer(written: WrittenResponse, { components }: OpenApi): ResponseSpec {
  if ('$ref' in written) {
    const shared = components.responses?.[lastPart(written)];
    if (!shared) throw new Error(`there is no ${written.$ref}`);
    return wholeAnswer(shared, { paths: {}, components });
  }
  const headers = Object.entries(written.headers ?? {}).map(([name, header]) => {
    const found = '$ref' in header ? components.headers?.[lastPart(header)] : header;
    if (!found) throw new Error(`there is no header ${name}`);
    return [name, found] as const;
  });
  return { ...written, headers: Object.fromEntries(headers) };
}

/** The document with its checks made ready. */
export function documentOf(api: OpenApi): Document {
  const { schemas } = api.components;
  const definitions = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)]),
  );
  const options = { strict: false, allErrors: false };
  const [exact, coercing] = [new Ajv(options), new Ajv({ ...options, coerceTypes: true })];
  for (const ajv of [exact, coercing]) {
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'api', definitions });
  }
  const [make, makeCoercing] = [checker(exact), checker(coercing)];
  const known = new Map<Schema, Check>();
  const checkAnswer = (schema: Schema): Check => {
    const check = known.get(schema) ?? make(jsonSchema(schema));
    known.set(schema, check);
    return check;
  };
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([verb, spec]): Operation => {
      const { operationId = '', parameters = [], requestBody, responses } = spec;
      const method = verb.toUpperCase();
      const json = requestBody?.content['application/json']?.schema;
      const form = requestBody?.content['multipart/form-data']?.schema;
      const pattern = path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
      return {
        key: `${method} ${path}`,
        id: operationId,
        method,
        path,
        parameters,
        json,
        form,
        responses: Object.fromEntries(
          Object.entries(responses).map(([status, one]) => [status, wholeAnswer(one, api)]),
        ),
        pattern: new RegExp(`^${pattern}/?$`, 'i'),
        checkBody: json && make(jsonSchema(json)),
        checkQuery: queryCheck(spec, makeCoercing),
        checkHeaders: headerCheck(parameters, make),
        checkAnswer,
      };
    }),
  );
  return { operations, schemas };
}
