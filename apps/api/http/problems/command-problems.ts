import { BAD_REQUEST, type None, type ProblemRow } from './problem.ts';

/** What can stand between a caller and what it wants done, beside the domain's refusals. */
export const commandProblems = {
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    title: BAD_REQUEST,
    detail: () =>
      'Khóa trong tiêu đề Idempotency-Key phải gồm 1 đến 255 ký tự ASCII nhìn thấy được, không có dấu cách. Vui lòng gửi một UUID mới cho mỗi yêu cầu.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: BAD_REQUEST,
    detail: () =>
      'Khóa trong tiêu đề Idempotency-Key đã dùng cho một yêu cầu khác. Vui lòng gửi khóa mới cho yêu cầu mới, hoặc gửi lại đúng yêu cầu cũ.',
  },
  COPY_DRAWN_OTHERWISE: {
    status: 409,
    title: 'Không tạo lại được tệp',
    detail: () =>
      'Phần mềm nay vẽ dấu khác trước nên không tạo lại được đúng tệp đã đóng dấu theo khóa này. Nếu chưa ký số, vui lòng đóng dấu lại với khóa Idempotency-Key mới rồi ký tệp mới; nếu đã ký, vui lòng dùng tệp đã ký.',
  },
  CLOCK_JUMPED: {
    status: 503,
    title: 'Đồng hồ máy chủ bị lệch',
    detail: () =>
      'Đồng hồ của máy chủ lệch xa so với thời gian đã ghi nên tạm dừng ghi sổ để không ghi sai ngày. Vui lòng báo quản trị chỉnh lại giờ máy chủ, rồi thử lại.',
  },
  COMMAND_TOO_LARGE: {
    status: 413,
    title: BAD_REQUEST,
    detail: () =>
      'Nội dung của thao tác quá lớn để ghi vào nhật ký. Vui lòng rút gọn các trường văn bản rồi gửi lại.',
  },
  REGISTER_DAMAGED: {
    status: 503,
    title: 'Sổ tạm ngừng vì thiếu dữ liệu',
    detail: () =>
      'Nhật ký của sổ này thiếu sự kiện đã ghi, nên sổ không nhận thao tác nào để không cấp trùng số. Vui lòng báo quản trị; các sổ khác vẫn hoạt động.',
  },
  REGISTER_UNREADABLE: {
    status: 503,
    title: 'Sổ tạm ngừng vì phần mềm chưa đọc được',
    detail: () =>
      'Nhật ký của sổ này có sự kiện mà phiên bản phần mềm đang chạy không đọc được, nên sổ không nhận thao tác nào để không cấp trùng số. Vui lòng báo quản trị cập nhật phần mềm; các sổ khác vẫn hoạt động.',
  },
} satisfies Readonly<Record<string, ProblemRow<None>>>;
