import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Refusal {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: unknown;
  /** Whether it brought a body. */
  readonly hasBody: boolean;
}
interface Content {
  readonly schema: { readonly allOf?: readonly { properties?: { code: { enum: string[] } } }[] };
}
interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Content>>;
}
interface Operation {
  readonly parameters?: readonly { readonly in: string }[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, Response>>;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Response>> };
}

const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;

const places = Object.entries(paths).map(([path, operations]) => ({
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  operations,
}));

/** The codes an operation is refused with under a status. */
function codesOf({ responses }: Operation, status: number): readonly string[] {
  const { $ref, ...own } = responses[String(status)] ?? {};
  const answer = $ref === undefined ? own : components.responses[$ref.split('/').at(-1) ?? ''];
  const parts = answer?.content?.['application/problem+json']?.schema.allOf ?? [];
  return parts.flatMap(({ properties }) => properties?.code.enum ?? []);
}

/**
 * Holds every refusal a test meets against the document: its operation names the status and the code.
 * A query or body where an operation has none is refused by no operation. @throws Error
 */
export function requireDocumented({ method, path, status, code, hasBody }: Refusal): void {
  const [plain = '', query] = path.split('?', 2);
  const meant = places
    .filter(({ pattern }) => pattern.test(plain))
    .flatMap(({ operations }) => operations[method.toLowerCase()] ?? [])
    .filter(
      ({ parameters = [], requestBody }) =>
        (requestBody !== undefined || !hasBody) &&
        (query === undefined || parameters.some((one) => one.in === 'query')),
    );
  if (meant.length === 0 || typeof code !== 'string') return;
  if (meant.some((one) => codesOf(one, status).includes(code))) return;
  throw new Error(`docs/openapi.json does not know ${status} ${code} of ${method} ${plain}`);
}
