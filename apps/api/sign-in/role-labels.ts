import type { Role } from '#access';

/** What people read for each role (docs of the guide; NĐ 23/2015). */
export const roleLabels: Readonly<Record<Role, string>> = {
  'receiving-officer': 'Cán bộ tiếp nhận hồ sơ',
  certifier: 'Người có thẩm quyền chứng thực',
  clerk: 'Văn thư',
  auditor: 'Kiểm toán, thanh tra',
  operator: 'Quản trị hệ thống',
};
