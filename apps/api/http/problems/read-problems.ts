import type { None, ProblemRow } from './problem.ts';

/** What can stand between a caller and what it wants to read. */
export const readProblems = {
  TOO_MANY_WAITING: {
    status: 429,
    title: 'Quá nhiều yêu cầu',
    detail: () =>
      'Tài khoản đang có quá nhiều lượt tra cứu chờ cùng lúc. Vui lòng chờ các lượt trước trả lời rồi gửi lại.',
  },
  READ_MODEL_ASTRAY: {
    status: 503,
    title: 'Chưa tra cứu được',
    detail: () =>
      'Dữ liệu tra cứu không khớp với nhật ký của sổ và đang được dựng lại. Việc cấp số không bị ảnh hưởng; vui lòng tra cứu lại sau ít phút.',
  },
  READ_MODEL_BEHIND: {
    status: 503,
    title: 'Dữ liệu đang được cập nhật',
    detail: () => 'Danh sách chưa kịp cập nhật thay đổi vừa ghi. Vui lòng thử lại sau giây lát.',
  },
  READ_TOO_SLOW: {
    status: 503,
    title: 'Tra cứu quá lâu',
    detail: () =>
      'Tra cứu mất quá nhiều thời gian nên đã dừng. Vui lòng thu hẹp điều kiện tìm kiếm, hoặc thử lại sau giây lát.',
  },
  AS_OF_BUSY: {
    status: 503,
    title: 'Hệ thống đang bận',
    detail: () =>
      'Nhiều yêu cầu xem lại quá khứ đang chờ, hoặc yêu cầu này mất quá nhiều thời gian. Vui lòng thử lại sau giây lát.',
  },
  AS_OF_FAILED: {
    status: 503,
    title: 'Không đọc được nhật ký',
    detail: () =>
      'Không thể dựng lại trạng thái từ nhật ký. Vui lòng thử lại; nếu vẫn lỗi, báo quản trị kèm mã yêu cầu.',
  },
  EXPORT_NOT_READY: {
    status: 409,
    title: 'Chưa có tệp',
    detail: () =>
      'Lần in này chưa xong, đã dừng hoặc không in được. Vui lòng xem trạng thái của lần in, rồi tải lại hoặc in lại.',
  },
  EXPORT_EXPIRED: {
    status: 410,
    title: 'Tệp không còn ở đây',
    detail: () =>
      'Tệp đã hết thời gian lưu hoặc nằm ở máy chủ khác. Vui lòng in lại với cùng phiên bản (revision): sẽ được đúng tệp này, cùng SHA-256.',
  },
  EXPORT_FAILED: {
    status: 409,
    title: 'Không in được',
    detail: () => 'Có lỗi khi ghi tệp. Vui lòng in lại; nếu vẫn lỗi, báo quản trị kèm mã lần in.',
  },
  NOT_SEALED: {
    status: 404,
    title: 'Chưa được niêm phong',
    detail: () =>
      'Chưa có điểm kiểm tra, hoặc sự kiện này chưa nằm dưới điểm kiểm tra nào. Vui lòng thử lại sau lần niêm phong kế tiếp, hoặc yêu cầu niêm phong ngay (POST /v1/audit/checkpoints).',
  },
  SEALING_STOPPED: {
    status: 503,
    title: 'Việc niêm phong đã dừng',
    detail: () =>
      'Nhật ký không còn khớp với những gì đã được niêm phong, nên không ký thêm điểm kiểm tra nào. Vui lòng báo ngay quản trị và kiểm toán.',
  },
  AUDIT_KEYS: {
    status: 503,
    title: 'Không có khóa niêm phong',
    detail: () =>
      'Máy chủ này không có khóa đã niêm phong nhật ký. Vui lòng báo quản trị đặt lại tệp khóa (AUDIT_KEYS).',
  },
} satisfies Readonly<Record<string, ProblemRow<None>>>;
