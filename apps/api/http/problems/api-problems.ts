import type { WrongClaim } from '#access';
import { displayNumber } from '#domain';
import { BAD_REQUEST, type None, type ProblemRow } from './problem.ts';
import { commandProblems } from './command-problems.ts';
import { operationProblems } from './operation-problems.ts';
import { readProblems } from './read-problems.ts';
import { verificationProblems } from './verification-problems.ts';

/** What can be wrong with a request before or beside the domain, with what each text needs. */
export interface ApiProblemDetails {
  MALFORMED_JSON: None;
  MALFORMED_REQUEST: None;
  PAYLOAD_TOO_LARGE: None;
  UNSUPPORTED_MEDIA_TYPE: None;
  UPLOAD_FIELD: { readonly field: string };
  UPLOAD_TOO_LARGE: { readonly limitMiB: number };
  INVALID_HEADER: { readonly header: string };
  INVALID_CURSOR: None;
  IDEMPOTENCY_KEY_INVALID: None;
  IDEMPOTENCY_KEY_REUSED: None;
  COPY_DRAWN_OTHERWISE: None;
  UNAUTHENTICATED: None;
  TOKEN_CLAIM: { readonly claim: WrongClaim };
  FORBIDDEN: None;
  NOT_FOUND: None;
  REVISION_NOT_FOUND: { readonly last: number; readonly field: 'revision' | 'from' | 'to' };
  CONFLICT: CurrentState;
  METHOD_NOT_ALLOWED: None;
  REQUEST_TIMEOUT: None;
  EXPECTATION_FAILED: None;
  HEADERS_TOO_LARGE: None;
  TOO_MANY_REQUESTS: None;
  TOO_MANY_WAITING: None;
  READ_MODEL_BEHIND: None;
  VERIFICATION_CODE_FORMAT: None;
  VERIFICATION_UNKNOWN: None;
  FILE_MISSING: None;
  FILE_OVER_LIMIT: { readonly limitMiB: number };
  READ_TOO_SLOW: None;
  CHANGE_LOST: None;
  TOO_MANY_LISTENERS: None;
  PROJECTION_BUSY: None;
  NOTHING_TO_ROLL_BACK: None;
  NOTHING_TO_CALL_OFF: None;
  NOTHING_AT_FAULT: None;
  READ_MODEL_ASTRAY: None;
  REGISTER_DAMAGED: None;
  REGISTER_UNREADABLE: None;
  CLOCK_JUMPED: None;
  COMMAND_TOO_LARGE: None;
  AS_OF_BUSY: None;
  AS_OF_FAILED: None;
  EXPORT_NOT_READY: None;
  EXPORT_EXPIRED: None;
  EXPORT_FAILED: None;
  NOT_SEALED: None;
  SEALING_STOPPED: None;
  AUDIT_KEYS: None;
  UNAVAILABLE: None;
  OVERLOADED: None;
  INTERNAL: None;
}
/** What the stream is at, from where on a list shows it, and what the caller would see there. */
interface CurrentState {
  readonly revision: number;
  readonly position: string | null;
  readonly current: object | null;
}
export type ApiProblemCode = keyof ApiProblemDetails;

/** A request that cannot be answered as asked. */
export class ApiProblem<C extends ApiProblemCode = ApiProblemCode> extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly code: C,
    readonly details: ApiProblemDetails[C],
  ) {
    super(code);
  }
}

type Rows = { readonly [C in ApiProblemCode]: ProblemRow<ApiProblemDetails[C]> };
/** What an account has to be like, by the claim its token tells it in. */
const claims: Readonly<Record<WrongClaim, string>> = {
  sub: 'mã tài khoản (sub) phải có 1 đến 128 ký tự là chữ cái không dấu, chữ số hoặc ._@:|+-',
  name: 'họ tên (name) phải đúng bảng mã UTF-8 và không dài quá 200 ký tự',
  'act.sub':
    'mã tài khoản thực hiện thay (act.sub) phải có 1 đến 128 ký tự là chữ cái không dấu, chữ số hoặc ._@:|+-',
};

export const apiProblems: Rows = {
  ...readProblems,
  ...verificationProblems,
  ...commandProblems,
  ...operationProblems,
  MALFORMED_JSON: {
    status: 400,
    title: BAD_REQUEST,
    detail: () => 'Nội dung gửi lên không phải JSON hợp lệ. Vui lòng kiểm tra lại cú pháp.',
  },
  MALFORMED_REQUEST: {
    status: 400,
    title: BAD_REQUEST,
    detail: () => 'Yêu cầu sai định dạng. Vui lòng kiểm tra lại địa chỉ, tham số và nội dung.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: BAD_REQUEST,
    detail: () => 'Nội dung gửi lên quá lớn. Vui lòng rút gọn.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: BAD_REQUEST,
    detail: () =>
      'Kiểu nội dung không được hỗ trợ. Vui lòng gửi application/json, hoặc multipart/form-data khi có tệp.',
  },
  UPLOAD_FIELD: {
    status: 422,
    title: BAD_REQUEST,
    detail: ({ field }) =>
      `Biểu mẫu không có trường “${field}” hoặc gửi quá số tệp cho phép. Vui lòng gửi một tệp trong trường image.`,
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    title: BAD_REQUEST,
    field: 'image',
    detail: ({ limitMiB }) => `Tệp ảnh lớn quá ${limitMiB} MiB. Vui lòng chọn tệp nhỏ hơn.`,
  },
  INVALID_HEADER: {
    status: 400,
    title: BAD_REQUEST,
    detail: ({ header }) =>
      `Giá trị của tiêu đề ${header} không hợp lệ. Vui lòng gửi đúng giá trị máy chủ đã trả về, hoặc bỏ tiêu đề.`,
  },
  INVALID_CURSOR: {
    status: 422,
    title: BAD_REQUEST,
    field: 'after',
    detail: () => 'Con trỏ trang (after) không hợp lệ. Vui lòng tải lại từ trang đầu.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'Chưa đăng nhập',
    detail: () => 'Phiên đăng nhập không hợp lệ hoặc đã hết hạn. Vui lòng đăng nhập lại.',
  },
  TOKEN_CLAIM: {
    status: 401,
    title: 'Tài khoản chưa dùng được',
    detail: ({ claim }) =>
      `Phiên đăng nhập đúng, nhưng thông tin ${claims[claim]}. Vui lòng báo quản trị tài khoản sửa lại, rồi đăng nhập lại.`,
  },
  FORBIDDEN: {
    status: 403,
    title: 'Không có quyền',
    detail: () => 'Bạn không có quyền thực hiện thao tác này.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'Không tìm thấy',
    detail: () => 'Không tìm thấy nội dung yêu cầu. Vui lòng kiểm tra lại địa chỉ.',
  },
  REVISION_NOT_FOUND: {
    status: 404,
    title: 'Không tìm thấy',
    detail: ({ last }) =>
      last < 0
        ? 'Chưa có phiên bản nào ở đây. Vui lòng kiểm tra lại địa chỉ.'
        : `Phiên bản này chưa có; phiên bản cuối cùng là ${displayNumber(last)}. Vui lòng chọn phiên bản từ 0 đến đó.`,
    more: ({ field, last }) => ({ field, last }),
  },
  CONFLICT: {
    status: 412,
    title: 'Dữ liệu đã thay đổi',
    detail: () =>
      'Dữ liệu đã thay đổi, vui lòng tải lại. Trạng thái hiện tại nằm trong current; gửi lại với If-Match mới nếu vẫn muốn thay đổi.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: BAD_REQUEST,
    detail: () => 'Phương thức không được hỗ trợ tại địa chỉ này.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: BAD_REQUEST,
    detail: () => 'Yêu cầu gửi quá chậm nên đã bị ngắt. Vui lòng gửi lại.',
  },
  EXPECTATION_FAILED: {
    status: 417,
    title: BAD_REQUEST,
    detail: () => 'Tiêu đề Expect không được hỗ trợ. Vui lòng bỏ tiêu đề này.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: BAD_REQUEST,
    detail: () => 'Địa chỉ hoặc tiêu đề của yêu cầu quá dài. Vui lòng rút gọn.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Quá nhiều yêu cầu',
    detail: () =>
      'Đã có quá nhiều yêu cầu từ tài khoản hoặc địa chỉ này trong một phút. Vui lòng chờ số giây ghi ở Retry-After rồi gửi lại.',
  },
  CHANGE_LOST: {
    status: 410,
    title: 'Thay đổi không còn trong nhật ký',
    detail: () =>
      'Thay đổi đã ghi theo Read-After không còn trong nhật ký: nhật ký đã được khôi phục từ bản cũ hơn. Vui lòng bỏ tiêu đề để đọc dữ liệu hiện có, đối chiếu và báo quản trị.',
  },
  OVERLOADED: {
    status: 503,
    title: 'Hệ thống đang quá tải',
    detail: () =>
      'Có quá nhiều yêu cầu cùng lúc nên yêu cầu này chưa được thực hiện. Vui lòng chờ số giây ghi ở Retry-After rồi gửi lại.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'Hệ thống tạm thời gián đoạn',
    detail: () =>
      'Kho dữ liệu tạm thời không phản hồi. Vui lòng thử lại; thao tác lặp lại là an toàn.',
  },
  INTERNAL: {
    status: 500,
    title: 'Lỗi hệ thống',
    detail: () => 'Đã có lỗi ngoài dự kiến. Vui lòng thử lại hoặc báo quản trị kèm mã yêu cầu.',
  },
};
