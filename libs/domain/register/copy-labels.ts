/** Of an electronic copy, on its way from the stamp to the signature. */
export const copyStateLabels = {
  stamped: 'Chờ ký số',
  outdated: 'Phải đóng dấu lại',
  signed: 'Đã ký số',
  ended: 'Không còn hiệu lực',
} as const;

export type CopyStateName = keyof typeof copyStateLabels;

/** The corners of a page, as people choose among them. */
export const stampPlaceLabels = {
  'bottom-right': 'Góc dưới bên phải',
  'bottom-left': 'Góc dưới bên trái',
  'top-right': 'Góc trên bên phải',
  'top-left': 'Góc trên bên trái',
} as const;
