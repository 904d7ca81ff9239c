import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Headers = Record<string, { description: string; required?: true; schema: object }>;

const text = { type: 'string' };
const tag = { type: 'string', pattern: '^"[0-9a-f]+"$' };
const count = { type: 'integer', minimum: 0 };

const everywhere: Headers = {
  'X-Correlation-Id': { description: 'Mã yêu cầu', required: true, schema: text },
};
const refused: Headers = {
  ...everywhere,
  'WWW-Authenticate': { description: 'Với 401', schema: text },
  Allow: { description: 'Với 405: các phương thức có thể dùng', schema: text },
  'Retry-After': { description: 'Với 429 và 503: số giây nên chờ', schema: count },
  ETag: { description: 'Với 412: phiên bản hiện tại', schema: tag },
};
const commanded: Headers = {
  ...everywhere,
  ETag: { description: 'Phiên bản sau lệnh, gửi lại trong If-Match', required: true, schema: tag },
  Position: { description: 'Vị trí trong nhật ký, gửi lại trong Read-After', schema: text },
  'Idempotency-Replayed': {
    description: 'Câu trả lời đầu tiên của khóa này, được gửi lại',
    schema: { type: 'string', enum: ['true'] },
  },
};

const isCommand = ({ parameters = [] }: Operation): boolean =>
  parameters.some((one) => 'name' in one && one.name === 'Idempotency-Key');

/** Every answer an operation has beside the one its controller names. */
function allAnswers(method: string, operation: Operation): Operation['responses'] {
  const { responses } = operation;
  const { 201: made } = responses;
  return {
    ...responses,
    ...(made && { 200: { ...made, description: 'Đã có từ trước, không làm lại' } }),
    ...(method === 'get' && { 304: { description: 'Không đổi so với ETag trong If-None-Match' } }),
  };
}

function headersFor(status: string, operation: Operation): Headers {
  if (/^[45]/.test(status)) return refused;
  return isCommand(operation) && status !== '304' ? commanded : everywhere;
}

/** Adds what no controller says of itself: headers, 304, and 200 where a thing was there already. */
export function describeAnswers({ paths, ...document }: OpenAPIObject): OpenAPIObject {
  const described = Object.entries(paths).map(([path, item]) => {
    const methods = Object.entries(item as Record<string, Operation>).map(([method, operation]) => {
      const answers = Object.entries(allAnswers(method, operation)).map(([status, answer]) => {
        const own = answer as { headers?: Headers };
        return [status, { ...own, headers: { ...headersFor(status, operation), ...own.headers } }];
      });
      return [method, { ...operation, responses: Object.fromEntries(answers) as object }];
    });
    return [path, Object.fromEntries(methods) as object];
  });
  return { ...document, paths: Object.fromEntries(described) as OpenAPIObject['paths'] };
}
