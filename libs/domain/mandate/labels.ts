/** What people read of mandates: a part of `labels.ts`. */
export const mandateKindLabels = {
  delegation: 'Ủy quyền',
  assignment: 'Phân công',
} as const;

export const mandateStatusLabels = {
  'not-yet': 'Chưa có hiệu lực',
  'in-force': 'Đang hiệu lực',
  over: 'Hết thời hạn',
  ended: 'Đã chấm dứt',
} as const;

/** Where a mandate covers every type of certification. */
export const EVERY_TYPE = 'Mọi loại chứng thực';
