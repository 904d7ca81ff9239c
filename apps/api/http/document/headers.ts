import type { Operation } from './problem-codes.ts';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const revision = { type: 'string', pattern: '^"[0-9]+"$' };

interface Header {
  readonly description: string;
  readonly required?: true;
  readonly schema: object;
  readonly example?: string | number;
}

/** Every header an answer of this API may have beside HTTP's own. */
export const headers = {
  CorrelationId: {
    description: 'Mã yêu cầu, cũng là instance của lỗi',
    required: true,
    schema: text,
  },
  RateLimit: { description: 'Số yêu cầu được phép trong một phút', schema: count },
  RateRemaining: { description: 'Số yêu cầu còn lại trong phút này', schema: count },
  RateReset: { description: 'Số giây đến phút sau', schema: count },
  RetryAfter: {
    description: 'Số giây nên chờ trước khi gửi lại',
    required: true,
    schema: count,
  },
  Authenticate: {
    description: 'Cách xác thực (RFC 6750)',
    required: true,
    schema: { type: 'string', enum: ['Bearer'] },
  },
  Revision: {
    description: 'Phiên bản sau lệnh, gửi lại trong If-Match',
    required: true,
    schema: revision,
  },
  CurrentRevision: {
    description: 'Phiên bản hiện tại, của nội dung trong current; không có khi chưa ghi gì',
    schema: revision,
  },
  Tag: {
    description:
      'Nhãn của nội dung, gửi lại trong If-None-Match. Của một sổ, một cơ quan: phiên bản, gửi lại trong If-Match',
    schema: { type: 'string', pattern: '^(W/)?"[^"]+"$' },
  },
  Position: { description: 'Vị trí trong nhật ký, gửi lại trong Read-After', schema: text },
  Replayed: {
    description: 'Câu trả lời đầu tiên của khóa này, được gửi lại',
    schema: { type: 'string', enum: ['true'] },
  },
  Location: {
    description: 'Địa chỉ của nội dung vừa tạo',
    required: true,
    schema: { type: 'string', pattern: '^/v1/' },
  },
} as const satisfies Readonly<Record<string, Header>>;

type Name = keyof typeof headers;
type Sent = Readonly<Record<string, Name>>;

const always: Sent = { 'X-Correlation-Id': 'CorrelationId' };
const rated: Sent = {
  'X-RateLimit-Limit': 'RateLimit',
  'X-RateLimit-Remaining': 'RateRemaining',
  'X-RateLimit-Reset': 'RateReset',
};
const ofCommands: Sent = {
  ETag: 'Revision',
  Position: 'Position',
  'Idempotency-Replayed': 'Replayed',
};
const ofStatus: Readonly<Record<string, Sent>> = {
  201: { Location: 'Location' },
  401: { 'WWW-Authenticate': 'Authenticate' },
  412: { ETag: 'CurrentRevision', Position: 'Position' },
  429: { 'Retry-After': 'RetryAfter' },
  503: { 'Retry-After': 'RetryAfter' },
};
/** Before anybody is known, nothing is counted for an account. */
const BEFORE_ANYBODY: ReadonlySet<string> = new Set(['401', '408', '417', '431']);

const takes = ({ parameters = [] }: Operation, name: string): boolean =>
  parameters.some((one) => 'name' in one && one.name === name);

const ofSeveral = (operation: Operation): Sent =>
  takes(operation, 'Idempotency-Key') ? { ETag: 'CurrentRevision' } : {};

/** The headers of one answer of an operation, each by its name in the document. */
export function headersOf(method: string, status: string, operation: Operation): object {
  const done = status.startsWith('2');
  const sent: Sent = {
    ...always,
    ...(operation.security !== undefined && !BEFORE_ANYBODY.has(status) && rated),
    ...(done && takes(operation, 'Idempotency-Key') && ofCommands),
    // Of several commands in one, all may have been refused.
    ...(done && !takes(operation, 'If-Match') && ofSeveral(operation)),
    ...((done || status === '304') && method === 'get' && { ETag: 'Tag' as const }),
    ...ofStatus[status],
  };
  const named = Object.entries(sent).map(([name, header]) => [
    name,
    { $ref: `#/components/headers/${header}` },
  ]);
  return Object.fromEntries(named) as object;
}
