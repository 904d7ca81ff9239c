import type { OpenAPIObject } from '@nestjs/swagger';
import { problemTable, type ProblemCode } from '../problems/codes.ts';
import { problemType } from '../problems/problem.ts';
import { headersOf, headers } from './headers.ts';
import { problemsOf, type Operation } from './problem-codes.ts';

type Answers = NonNullable<Operation['responses']>;
type Answer = Exclude<Answers[string], { $ref: string }>;
type Headers = NonNullable<NonNullable<OpenAPIObject['components']>['headers']>;
/** The codes of one operation alone, by its name. */
type RefusalsOf = (id: string | undefined) => readonly ProblemCode[];
type Item = Record<string, Operation>;

/** Every answer an operation has beside the one its controller names, but for its problems. */
function allAnswers(method: string, { responses }: Operation): Answers {
  const { 201: made } = responses;
  return {
    ...responses,
    ...(made && {
      201: { ...made, description: 'Đã tạo mới' },
      200: { ...made, description: 'Đã có từ trước, không làm lại' },
    }),
    ...(method === 'get' && { 304: { description: 'Không đổi so với ETag trong If-None-Match' } }),
  };
}

/** Problem details with these codes and no others. */
const problemSchema = (status: string, codes: readonly ProblemCode[]) => ({
  allOf: [
    { $ref: '#/components/schemas/ProblemDetails' },
    {
      type: 'object' as const,
      properties: {
        type: { type: 'string' as const, enum: codes.map(problemType) },
        status: { type: 'integer' as const, enum: [Number(status)] },
        code: { type: 'string' as const, enum: [...codes] },
      },
      required: ['type', 'status', 'code'],
    },
  ],
});

const PAGE = { 'text/html': { schema: { type: 'string' as const } } };

/** Who asks an operation for its page is refused by a page. */
const answersPages = ({ responses }: Operation): boolean =>
  Object.values({ ...responses } as Record<string, NonNullable<Answer>>).some(
    (answer) => 'content' in answer && 'text/html' in (answer.content ?? {}),
  );

function problemAnswer(
  { status, codes, hasPages }: { status: string; codes: readonly ProblemCode[]; hasPages: boolean },
  own?: Answer,
): Answer {
  const titles = new Set(codes.map((code) => problemTable[code].title));
  const problem = { 'application/problem+json': { schema: problemSchema(status, codes) } };
  const content = { ...own?.content, ...problem, ...(hasPages && PAGE) };
  return { description: [...titles].join('; '), content };
}

function answersOf(method: string, operation: Operation, refusalsOf: RefusalsOf): Answers {
  const own = allAnswers(method, operation);
  const refusals = refusalsOf(operation.operationId);
  const hasPages = answersPages(operation);
  const problems = [...problemsOf(operation, refusals)].map(([status, codes]) => [
    status,
    problemAnswer({ status, codes, hasPages }, own[status] as Answer | undefined),
  ]);
  const answers = Object.entries({ ...own, ...Object.fromEntries(problems) } as Record<
    string,
    Answer
  >);
  const described = answers.map(([status, answer]) => {
    const description = answer?.description || (method === 'get' ? 'Kết quả' : 'Đã thực hiện');
    return [status, { ...answer, description, headers: headersOf(method, status, operation) }];
  });
  return Object.fromEntries(described) as Answers;
}

const described = (item: Item, refusalsOf: RefusalsOf): Item =>
  Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      { ...operation, responses: answersOf(method, operation, refusalsOf) },
    ]),
  );

/**
 * Adds what no controller says of itself: every status it is refused with and the codes that come
 * with it, headers, 304, and 200 where a thing was there already.
 */
export function describeAnswers(
  { paths, ...document }: OpenAPIObject,
  refusalsOf: RefusalsOf,
): OpenAPIObject {
  const items = Object.entries(paths).map(([path, item]) => [
    path,
    described(item as Item, refusalsOf),
  ]);
  return {
    ...document,
    paths: Object.fromEntries(items) as OpenAPIObject['paths'],
    components: { ...document.components, headers: headers as object as Headers },
  };
}
