/** What people read for each field, state and event: one place for screens, audit and errors. */
export const fieldLabels = {
  name: 'Tên sổ chứng thực',
  firstNumber: 'Số ban đầu',
  openedOn: 'Ngày mở sổ',
  closesOn: 'Ngày đóng sổ',
  form: 'Mẫu sổ theo Nghị định',
  reason: 'Lý do',
  confirmedByFullName: 'Họ tên người xác nhận khóa sổ',
  confirmedByTitle: 'Chức danh người xác nhận khóa sổ',
  confirmedByAuthority: 'Thẩm quyền của người xác nhận (TM., KT., TL., TUQ.)',
  dossier: 'Mã hồ sơ',
  document: 'Số thứ tự giấy tờ',
  number: 'Số chứng thực',
  certifiedOn: 'Ngày, tháng, năm chứng thực',
  requester: 'Họ tên người yêu cầu chứng thực',
  documentTitle: 'Tên bản chính giấy tờ, văn bản',
  certifierFullName: 'Họ tên người ký chứng thực',
  certifierTitle: 'Chức danh người ký chứng thực',
  authority: 'Thẩm quyền ký (TM., KT., TL., TUQ.)',
  copies: 'Số bản sao',
  fee: 'Lệ phí/Phí (đồng)',
  note: 'Ghi chú',
  lastNumber: 'Số cuối',
  entries: 'Số lượng số đã cấp',
  voided: 'Đã hủy số',
  revoked: 'Đã hủy giá trị pháp lý',
  lost: 'Mất dữ liệu',
  lastGiven: 'Số cuối cùng đã cấp',
  fees: 'Tổng lệ phí/phí (đồng)',
  decisionNumber: 'Số quyết định',
  decisionDate: 'Ngày quyết định',
  signatureName: 'Tên chữ ký',
  sealName: 'Tên con dấu',
  signerFullName: 'Họ và tên người ký',
  signerTitle: 'Chức vụ/chức danh người ký',
  signature: 'Chữ ký',
  seal: 'Con dấu',
  state: 'Trạng thái',
  image: 'Ảnh',
  imageBytes: 'Dung lượng tệp ảnh (byte)',
  isDefault: 'Mặc định',
  agencyCode: 'Mã cơ quan',
  agencyName: 'Tên cơ quan',
  level: 'Cấp',
  successor: 'Cơ quan kế thừa',
  predecessor: 'Cơ quan bàn giao sổ',
  retiredOn: 'Ngày ngừng hoạt động',
} as const;

export type Field = keyof typeof fieldLabels;

export const eventLabels = {
  BookOpened: 'Mở sổ chứng thực',
  BookEdited: 'Sửa thông tin sổ',
  BookDiscarded: 'Xóa sổ',
  BookClosed: 'Khóa sổ',
  EntryNumberAssigned: 'Cấp số chứng thực',
  EntryCorrected: 'Đính chính',
  EntryNumberVoided: 'Hủy số',
  CertificationRevoked: 'Hủy giá trị pháp lý',
  NumberingPaused: 'Tạm dừng cấp số',
  NumbersLost: 'Ghi nhận số mất dữ liệu',
  NumberingResumed: 'Tiếp tục cấp số',
  SignatureRegistered: 'Thêm chữ ký',
  SignatureEdited: 'Sửa chữ ký',
  SignatureRevoked: 'Ngừng sử dụng chữ ký',
  SealRegistered: 'Thêm con dấu',
  SealEdited: 'Sửa con dấu',
  SealRevoked: 'Ngừng sử dụng con dấu',
  AgencyRegistered: 'Đăng ký cơ quan',
  AgencyRenamed: 'Đổi tên cơ quan',
  AgencyLevelChanged: 'Đổi cấp cơ quan',
  AgencyRetired: 'Ngừng hoạt động cơ quan',
  SuccessionAccepted: 'Tiếp nhận sổ của cơ quan khác',
  ImageKept: 'Lưu tệp ảnh',
} as const;

export const bookStatusLabels = {
  'not-yet-open': 'Chưa mở',
  open: 'Đang mở',
  'awaiting-close': 'Chờ khóa sổ',
  closed: 'Đã khóa',
  discarded: 'Đã xóa',
} as const;

export const entryStateLabels = {
  assigned: 'Đã cấp số',
  corrected: 'Đã đính chính',
  voided: 'Đã hủy số',
  revoked: 'Đã hủy giá trị pháp lý',
  lost: 'Mất dữ liệu',
} as const;

export const versionStateLabels = {
  'in-use': 'Đang sử dụng',
  superseded: 'Đã thay thế',
  revoked: 'Ngừng sử dụng',
} as const;

export const agencyLevelLabels = {
  province: 'Tỉnh',
  district: 'Huyện',
  commune: 'Xã',
} as const;

export const agencyStateLabels = {
  active: 'Đang hoạt động',
  retired: 'Đã ngừng hoạt động',
} as const;
