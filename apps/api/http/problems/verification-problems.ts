import { BAD_REQUEST, type None, type ProblemRow } from './problem.ts';

interface Details {
  VERIFICATION_CODE_FORMAT: None;
  VERIFICATION_UNKNOWN: None;
  FILE_MISSING: None;
  FILE_OVER_LIMIT: { readonly limitMiB: number };
}

/** What can be wrong with what anybody asks of a copy. */
export const verificationProblems: { readonly [C in keyof Details]: ProblemRow<Details[C]> } = {
  VERIFICATION_CODE_FORMAT: {
    status: 422,
    title: 'Mã xác minh chưa đúng',
    field: 'code',
    detail: () =>
      'Mã xác minh gồm 16 chữ cái và chữ số, chia thành bốn nhóm, ví dụ 01AV-9QXT-2B4C-WZ10. Vui lòng gõ lại đúng như in trên bản sao; không cần phân biệt chữ hoa, chữ thường, dấu cách và gạch nối.',
  },
  VERIFICATION_UNKNOWN: {
    status: 404,
    title: 'Không có bản chứng thực nào mang mã này',
    detail: () =>
      'Không có số chứng thực nào được cấp với mã này. Vui lòng đối chiếu lại từng ký tự với bản sao; nếu vẫn không có, liên hệ cơ quan ghi trên bản sao trước khi sử dụng.',
  },
  FILE_MISSING: {
    status: 422,
    title: 'Thông tin chưa hợp lệ',
    field: 'file',
    detail: () => 'Vui lòng chọn một tệp và gửi trong trường file.',
  },
  FILE_OVER_LIMIT: {
    status: 413,
    title: BAD_REQUEST,
    field: 'file',
    detail: ({ limitMiB }) => `Tệp lớn quá ${limitMiB} MiB. Vui lòng chọn tệp nhỏ hơn.`,
  },
};
