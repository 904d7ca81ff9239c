/** What becomes of a number, as anybody is told. */
export const statusLabels = {
  valid: 'Thật: số chứng thực này đã được cấp và còn giá trị',
  voided: 'Đã hủy số: hồ sơ không được chứng thực',
  revoked: 'Đã thu hồi: bản chứng thực đã bị hủy giá trị pháp lý',
} as const;

export type VerifiedStatus = keyof typeof statusLabels;
export const verifiedStatuses = Object.keys(statusLabels) as VerifiedStatus[];
