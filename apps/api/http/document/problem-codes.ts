import type { OpenAPIObject } from '@nestjs/swagger';
import { imageProblemRows } from '../problems/image-problems.ts';
import { problemTable, type ProblemCode } from '../problems/codes.ts';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Codes = readonly ProblemCode[];

/** What stands before every operation: the connection, and what nobody foresaw. */
const anything: Codes = [
  'MALFORMED_REQUEST',
  'REQUEST_TIMEOUT',
  'EXPECTATION_FAILED',
  'HEADERS_TOO_LARGE',
  'INTERNAL',
  'UNAVAILABLE',
  'OVERLOADED',
];
const ofCallers: Codes = ['UNAUTHENTICATED', 'TOKEN_CLAIM', 'FORBIDDEN', 'TOO_MANY_REQUESTS'];
const ofCommands: Codes = [
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'INVALID_HEADER',
  'CONFLICT',
  'COMMAND_TOO_LARGE',
  'CLOCK_JUMPED',
  'REGISTER_DAMAGED',
  'REGISTER_UNREADABLE',
];
const ofBodies: Codes = ['MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
const ofFields: Codes = [
  'VALIDATION',
  'TYPE',
  'UNKNOWN_FIELD',
  'DUPLICATE_FIELD',
  'NOT_ALLOWED',
  'REQUIRED',
  'TOO_LONG',
  'TEXT_BROKEN',
  'NUMBER_INVALID',
  'DATE_FORMAT',
];
const ofForms: Codes = [
  'UPLOAD_FIELD',
  'UPLOAD_TOO_LARGE',
  'TOO_MANY_WAITING',
  'READ_TOO_SLOW',
  ...(Object.keys(imageProblemRows) as (keyof typeof imageProblemRows)[]),
];
const ofReads: Codes = [
  'INVALID_HEADER',
  'TOO_MANY_WAITING',
  'CHANGE_LOST',
  'READ_MODEL_ASTRAY',
  'READ_MODEL_BEHIND',
  'READ_TOO_SLOW',
];
/** A thing as it stood is folded from its own log, and a signature's is found in its list. */
export const ofThePast: Codes = [
  'REVISION_NOT_FOUND',
  'NOT_SEALED',
  'TOO_MANY_WAITING',
  'AS_OF_BUSY',
  'AS_OF_FAILED',
  'READ_MODEL_ASTRAY',
  'READ_TOO_SLOW',
  'REGISTER_DAMAGED',
  'REGISTER_UNREADABLE',
];

/** Which codes an operation can be answered with: by what it takes, and those of its own. */
function codesOf({ parameters = [], security, requestBody }: Operation, own: Codes): Codes {
  const named = parameters.flatMap((one) => ('name' in one ? [one] : []));
  const has = (name: string): boolean => named.some((one) => one.name === name);
  const inPath = named.some((one) => one.in === 'path');
  const inQuery = named.some((one) => one.in === 'query');
  const media = requestBody && 'content' in requestBody ? Object.keys(requestBody.content) : [];
  const isCommand = has('Idempotency-Key');
  const parts: readonly (readonly [boolean, Codes])[] = [
    [true, anything],
    [security !== undefined, ofCallers],
    [inPath, ['NOT_FOUND']],
    [isCommand, ofCommands],
    [media.length > 0, ofBodies],
    [media.length > 0 || inQuery, ofFields],
    [media.length > 0, ['REASON']],
    // A form has a picture, unless its operation takes a file of any kind.
    [media.includes('multipart/form-data') && !own.includes('FILE_MISSING'), ofForms],
    [has('Read-After'), ofReads],
    [has('after'), ['INVALID_CURSOR']],
    // A period; a replay is from a revision on.
    [has('from') && has('after'), ['DATE_ORDER']],
    [has('revision'), ofThePast],
    [true, own],
  ];
  return parts.flatMap(([applies, codes]) => (applies ? codes : []));
}

/** The codes an operation can be answered with, `own` among them, under the status each has. */
export function problemsOf(operation: Operation, own: Codes): ReadonlyMap<string, Codes> {
  const codes = [...new Set(codesOf(operation, own))].sort();
  const statuses = new Set(codes.map((code) => problemTable[code].status));
  const answers = [...statuses].map(
    (status) =>
      [String(status), codes.filter((one) => problemTable[one].status === status)] as const,
  );
  return new Map(answers);
}
