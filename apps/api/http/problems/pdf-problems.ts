import type { ActiveContent, PdfProblemCode, PdfProblemDetails } from '#paper';
import type { ProblemRow } from './problem.ts';

type Rows = { readonly [C in PdfProblemCode]: ProblemRow<PdfProblemDetails[C]> };

const NO_PDF = 'Tệp PDF không dùng được';
const ANEW = 'Vui lòng quét lại, hoặc mở tệp và chọn In → Lưu thành PDF, rồi gửi tệp mới.';

const active: Readonly<Record<ActiveContent, string>> = {
  script: 'mã lệnh (JavaScript)',
  launch: 'lệnh mở chương trình',
  attachment: 'tệp đính kèm',
  form: 'biểu mẫu điền được',
  annotation: 'ghi chú hoặc hình chèn đè lên trang',
  media: 'âm thanh, phim',
  external: 'liên kết đến tệp khác',
  layers: 'lớp ẩn hiện',
};

const points = (value: number): string => `${Math.round((value / 72) * 25.4)} mm`;

/** Status and text of every reason a PDF is not taken, with the remedy. */
export const pdfProblems: Rows = {
  PDF_TYPE: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: () => 'Tệp phải là PDF. Vui lòng quét bản chính thành một tệp PDF rồi gửi lại.',
  },
  PDF_BROKEN: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: ({ at }) => `Tệp PDF bị hỏng hoặc không đúng định dạng (${at}). ${ANEW}`,
  },
  PDF_ENCRYPTED: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: () => 'Tệp PDF được mã hóa hoặc đặt mật khẩu. Vui lòng bỏ bảo vệ, rồi gửi lại.',
  },
  PDF_ACTIVE: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: ({ found }) => `Trong tệp PDF có ${active[found]}, bản quét không có. ${ANEW}`,
  },
  PDF_SIGNED: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: () =>
      'Tệp PDF đã được ký số; đóng dấu lên sẽ làm hỏng chữ ký đó. Vui lòng gửi bản quét chưa ký: đóng dấu trước, ký sau.',
  },
  PDF_PAGES: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: ({ most }) => `Tệp PDF có trên ${most} trang. Vui lòng gửi từng giấy tờ một tệp.`,
  },
  PDF_PAGE_SIZE: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: ({ width, height }) =>
      `Trang cuối ${points(width)} × ${points(height)} không đóng dấu được: nhỏ quá hoặc lớn quá. Vui lòng quét lại theo khổ giấy thật.`,
  },
  PDF_TOO_COMPLEX: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: () => `Tệp PDF phức tạp quá mức của một bản quét. ${ANEW}`,
  },
  PDF_TOO_SLOW: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: ({ seconds }) => `Đọc tệp PDF mất quá ${seconds} giây nên đã dừng. ${ANEW}`,
  },
  PDF_UNSIGNED: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: () =>
      'Tệp PDF chưa có chữ ký số nào. Vui lòng ký số tệp đã đóng dấu rồi gửi tệp đã ký.',
  },
  PDF_SIGNATURE: {
    status: 422,
    title: NO_PDF,
    field: 'file',
    detail: ({ at }) =>
      `Chữ ký số thứ ${at} không khớp với nội dung tệp, hoặc không ký trên toàn bộ tệp đã đóng dấu. Vui lòng ký lại tệp đã đóng dấu, theo kiểu nối thêm (giữ nguyên nội dung), rồi gửi tệp đó.`,
  },
};
