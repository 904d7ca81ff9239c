import type { None, ProblemRow } from './problem.ts';

/** What an operator may ask, and cannot have now. */
export const operationProblems = {
  TOO_MANY_LISTENERS: {
    status: 429,
    title: 'Quá nhiều kết nối theo dõi',
    detail: () =>
      'Tài khoản này hoặc máy chủ đang có quá nhiều kết nối theo dõi các bảng đọc. Vui lòng đóng bớt rồi mở lại.',
  },
  PROJECTION_BUSY: {
    status: 409,
    title: 'Bảng đọc đang có việc',
    detail: () =>
      'Một bảng đọc đã chọn đang có việc chưa xong. Vui lòng chờ việc đó xong hoặc dừng nó, rồi yêu cầu lại.',
  },
  NOTHING_TO_ROLL_BACK: {
    status: 409,
    title: 'Không có bản trước',
    detail: () =>
      'Không còn bản trước để quay về: chưa dựng lại lần nào, hoặc đã quá thời gian lưu (REBUILD_GRACE_MINUTES). Vui lòng dựng lại nếu cần.',
  },
  NOTHING_TO_CALL_OFF: {
    status: 409,
    title: 'Không có việc để dừng',
    detail: () =>
      'Bảng đọc này không có việc nào đang chờ hoặc đang làm. Vui lòng tải lại để xem việc đã xong hay chưa.',
  },
  NOTHING_AT_FAULT: {
    status: 409,
    title: 'Không có sự kiện lỗi',
    detail: () =>
      'Không có sự kiện lỗi nào như vậy ở bảng đọc này; nếu có nhiều sự kiện lỗi, cần nêu vị trí của một sự kiện. Vui lòng tải lại rồi chọn.',
  },
} satisfies Readonly<Record<string, ProblemRow<None>>>;
