import type { Document, Operation, ResponseSpec } from './document.ts';
import type { Answer, Sent } from './send.ts';

/** Nothing of the implementation may show in an answer. */
const LEAKS =
  /node_modules|SQLITE_|sqlite3?:|\bat \S+ \(|\.ts:\d|\.js:\d|TypeError|RangeError|ECONN/;
/** Letters only Vietnamese needs: a text without one is no Vietnamese sentence. */
const VIETNAMESE = /[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữự]/i;

/** Refusals that say one field is not of the shape it should be. */
const SHAPE_CODES = new Set([
  ...['TYPE', 'UNKNOWN_FIELD', 'MALFORMED_JSON', 'REQUIRED', 'REASON', 'TOO_LONG', 'NOT_ALLOWED'],
  ...['NUMBER_INVALID', 'START_INVALID', 'DATE_FORMAT', 'NAME_FORMAT', 'AGENCY_CODE'],
  ...['INVALID_HEADER'],
]);
/** Those of them that say how fields go together, or what there is, which no shape tells. */
const TOGETHER = new Set([
  // Without a signature that says so; for a picture, where a form is new.
  ...['REQUIRED certifierFullName', 'REQUIRED certifierTitle', 'REQUIRED image'],
  // Of an ủy quyền alone.
  'REQUIRED validTo',
  // Where and when a decision was made public are said together.
  ...['REQUIRED publishedAt', 'REQUIRED publishedOn'],
]);

interface FieldRefusal {
  readonly code?: unknown;
  readonly field?: unknown;
  readonly detail?: unknown;
}

/** What a refusal says of single fields' shapes. */
function shapeRefusals(problem: Fields): FieldRefusal[] {
  const all = (problem['errors'] as FieldRefusal[] | undefined) ?? [problem];
  return all.filter(
    ({ code, field }) =>
      SHAPE_CODES.has(String(code)) && !TOGETHER.has(`${String(code)} ${String(field)}`),
  );
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(bytes: Buffer | undefined): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}

const specOf = ({ responses }: Operation, status: number): ResponseSpec | undefined =>
  responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses['default'];

const mediaType = (header: string | undefined): string =>
  (header ?? '').split(';', 1)[0]?.trim() ?? '';

/** What is wrong with problem details beside their schema. */
function problemFault(body: Fields, { status, headers }: Answer): string | undefined {
  if (body['status'] !== status)
    return `status ${String(body['status'])} in the body of a ${status}`;
  if (!/^[A-Z][A-Z0-9_]+$/.test(String(body['code']))) return `code ${String(body['code'])}`;
  for (const field of ['title', 'detail']) {
    const text = body[field];
    if (typeof text !== 'string' || !VIETNAMESE.test(text))
      return `${field} is not Vietnamese: ${String(text)}`;
    if (!text.includes('\ufffd') && text !== text.normalize('NFC') && !/[“”]/.test(text))
      return `${field} is not in NFC`;
  }
  if (body['instance'] !== headers['x-correlation-id']) return 'instance is not the correlation id';
  if (status === 401 && headers['www-authenticate'] === undefined)
    return '401 without WWW-Authenticate';
  if (status === 405 && headers.allow === undefined) return '405 without Allow';
  if (status === 429 && headers['retry-after'] === undefined) return '429 without Retry-After';
  return undefined;
}

const firstSegment = (path: string): string => path.split(/[/?]/, 2)[1] ?? '';

/** Asks for a page below a path whose operations answer pages: it is refused by one as well. */
const readsPages = ({ operations }: Document, { headers, path }: Sent): boolean =>
  String(headers['Accept'] ?? headers['accept']).includes('text/html') &&
  operations.some(
    ({ path: written, responses }) =>
      firstSegment(written) === firstSegment(path) &&
      Object.values(responses).some(({ content }) => content?.['text/html'] !== undefined),
  );

/** What is wrong with any answer, whatever was asked. */
function generalFault({ status, headers, body }: Answer, mayBePage: boolean): string | undefined {
  if (status >= 500) return `answered ${status}: ${body.toString().slice(0, 300)}`;
  if (headers['x-correlation-id'] === undefined) return 'no X-Correlation-Id';
  const isText = /json|text/.test(headers['content-type'] ?? '');
  if (isText && LEAKS.test(body.toString())) return `leaks: ${body.toString().slice(0, 300)}`;
  if (status >= 400) {
    if (mayBePage && mediaType(headers['content-type']) === 'text/html') return undefined;
    if (mediaType(headers['content-type']) !== 'application/problem+json')
      return `a ${status} of ${headers['content-type'] ?? 'no type'}`;
    const problem = parsed(body);
    return problem ? problemFault(problem.value as Fields, { status, headers, body }) : 'no JSON';
  }
  return undefined;
}

/** What in the answer breaks the operation's own description. */
function answerFault(operation: Operation, answer: Answer): string | undefined {
  const { status, headers, body } = answer;
  const spec = specOf(operation, status);
  if (!spec) return `status ${status} is not documented`;
  for (const [name, { required, schema }] of Object.entries(spec.headers ?? {})) {
    const value = headers[name.toLowerCase()];
    if (value === undefined && required === true) return `no header ${name}`;
    const wrong = value !== undefined && operation.checkAnswer(schema)(String(value));
    if (wrong) return `header ${name}: ${wrong}`;
  }
  if (!spec.content) return body.length === 0 ? undefined : `a body where none is documented`;
  const type = mediaType(headers['content-type']);
  const media = spec.content[type];
  if (!media) return `content type ${type} is not documented for ${status}`;
  if (!media.schema || !type.includes('json')) return undefined;
  const json = parsed(body);
  if (!json) return 'not JSON';
  const wrong = operation.checkAnswer(media.schema)(json.value);
  return wrong === undefined ? undefined : `body of ${status}: ${wrong}`;
}

/** A body or a query where the operation has none: how those are refused, no operation tells. */
const isForeign = (operation: Operation, { body, query, path }: Sent): boolean =>
  (body !== undefined && !operation.json && !operation.form) ||
  ((query.length > 0 || path.includes('?')) &&
    !operation.parameters.some((one) => one.in === 'query'));

/** Nothing about it that the document does not speak of. */
const isPlain = ({ headers, path, query }: Sent): boolean =>
  path.split('?').length === (query.length > 0 ? 2 : 1) &&
  !Object.keys(headers).some((name) => /^(content-encoding|expect)$/i.test(name));

/** Which positions the log has, the document cannot tell. */
const isUnknownPosition = ({ code }: FieldRefusal, { headers }: Sent): boolean =>
  code === 'INVALID_HEADER' && headers['Read-After'] !== undefined;

/** What the service let in, or kept out, against the operation's description of requests. */
function requestFault(operation: Operation, sent: Sent, answer: Answer): string | undefined {
  const type = mediaType(String(sent.headers['content-type'] ?? ''));
  const names = sent.query.map(([name]) => name);
  const single = new Set(names).size === names.length;
  // What an operation without a query is sent as one, it does not read.
  const asks = operation.parameters.some((one) => one.in === 'query');
  const query = single ? operation.checkQuery(Object.fromEntries(sent.query)) : 'repeated';
  const badQuery = asks ? query : undefined;
  const json = operation.checkBody && type === 'application/json' ? parsed(sent.body) : undefined;
  const badBody = json && operation.checkBody?.(json.value);
  if (answer.status < 300) {
    if (badQuery !== undefined) return `took a query the document forbids: ${badQuery}`;
    if (badBody !== undefined) return `took a body the document forbids: ${badBody}`;
    return undefined;
  }
  // A form that is not there lacks what it has to have.
  const isBare = sent.body === undefined && operation.form === undefined;
  const isJson = operation.checkBody === undefined ? isBare : json !== undefined;
  const isAsStated = isJson && badBody === undefined && query === undefined && isPlain(sent);
  if (!isAsStated || operation.checkHeaders(sent.headers) !== undefined) return undefined;
  const [refusal] = shapeRefusals((parsed(answer.body)?.value ?? {}) as Fields);
  if (!refusal || isUnknownPosition(refusal, sent)) return undefined;
  const { code, detail } = refusal;
  return `refused a request the document allows as ${String(code)}: ${String(detail)}`;
}

/** The operations of the document a request line may mean. */
export function operationsOf(
  { operations }: Document,
  { method, path }: Sent,
): readonly Operation[] {
  const [plain = ''] = path.split('?', 1);
  return operations.filter((one) => one.method === method && one.pattern.test(plain));
}

/** What is wrong with an answer; undefined when nothing is. */
export function faultOf(document: Document, sent: Sent, answer: Answer): string | undefined {
  if (sent.method === 'HEAD' || sent.method === 'OPTIONS') {
    if (answer.status >= 500) return `answered ${answer.status}`;
    return sent.method === 'HEAD' && answer.body.length > 0 ? 'HEAD with a body' : undefined;
  }
  const general = generalFault(answer, readsPages(document, sent));
  if (general !== undefined) return general;
  const meant = operationsOf(document, sent);
  const isPage = /^\/(\?|$|docs(\/|$))/.test(sent.path);
  if (meant.length === 0) {
    return answer.status >= 400 || isPage ? undefined : `${answer.status} outside the document`;
  }
  const judged = meant.filter((one) => answer.status < 400 || !isForeign(one, sent));
  if (judged.length === 0) return undefined;
  const faults = judged.map((one) => answerFault(one, answer) ?? requestFault(one, sent, answer));
  return faults.includes(undefined) ? undefined : faults[0];
}
