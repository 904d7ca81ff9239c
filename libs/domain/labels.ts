import { dossierEventLabels, dossierFieldLabels } from './dossier/labels.ts';

export { dossierStateLabels, dossierStatusLabels } from './dossier/labels.ts';
export * from './mandate/labels.ts';
export * from './register/copy-labels.ts';

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
  pages: 'Số trang bản chính',
  proposedFee: 'Phí theo biểu phí (đồng)',
  verificationCode: 'Mã xác minh',
  note: 'Ghi chú',
  lastNumber: 'Số cuối',
  entries: 'Số lượng số đã cấp',
  voided: 'Đã hủy số',
  revoked: 'Đã hủy giá trị pháp lý',
  lost: 'Mất dữ liệu',
  lastGiven: 'Số cuối cùng đã cấp',
  firstAssigned: 'Số đầu đã cấp trong sổ',
  lastAssigned: 'Số cuối đã cấp trong sổ',
  lastEntryOn: 'Ngày chứng thực của số cuối',
  closedOn: 'Ngày khóa sổ',
  discardReason: 'Lý do xóa sổ',
  corrections: 'Số lần đính chính',
  voidReason: 'Lý do hủy số',
  revokeReason: 'Lý do hủy giá trị pháp lý',
  knownLast: 'Số cuối được biết từ nguồn khác',
  fees: 'Tổng lệ phí/phí (đồng)',
  decisionNumber: 'Số quyết định',
  decisionDate: 'Ngày quyết định',
  decisionIssuer: 'Người ban hành quyết định',
  publishedAt: 'Nơi đăng tải quyết định',
  publishedOn: 'Ngày đăng tải quyết định',
  mandate: 'Văn bản ủy quyền, phân công',
  mandateKind: 'Hình thức (ủy quyền, phân công)',
  holderFullName: 'Họ tên người được ủy quyền, phân công',
  holderTitle: 'Chức danh người được ủy quyền, phân công',
  holderAccount: 'Tài khoản người được ủy quyền, phân công',
  mandateIssuer: 'Người ký văn bản',
  mandateNumber: 'Số văn bản',
  issuedOn: 'Ngày văn bản',
  scope: 'Phạm vi (loại chứng thực)',
  validFrom: 'Có hiệu lực từ ngày',
  validTo: 'Đến hết ngày',
  endedOn: 'Chấm dứt từ ngày',
  endReason: 'Lý do chấm dứt',
  ...dossierFieldLabels,
  copy: 'Bản sao điện tử',
  file: 'Tệp PDF',
  place: 'Vị trí dấu',
  sourceSha256: 'SHA-256 của tệp quét',
  stampedSha256: 'SHA-256 của tệp đã đóng dấu',
  signedSha256: 'SHA-256 của tệp đã ký số',
  filePages: 'Số trang của tệp',
  signers: 'Tên trong chứng thư số',
  signatureName: 'Tên chữ ký',
  sealName: 'Tên con dấu',
  signerFullName: 'Họ và tên người ký',
  signerTitle: 'Chức vụ/chức danh người ký',
  signature: 'Chữ ký',
  seal: 'Con dấu',
  state: 'Trạng thái',
  format: 'Định dạng tệp',
  sha256: 'SHA-256 của tệp',
  image: 'Ảnh',
  imageBytes: 'Dung lượng tệp ảnh (byte)',
  isDefault: 'Mặc định',
  agencyCode: 'Mã cơ quan',
  agencyName: 'Tên cơ quan',
  level: 'Cấp',
  identifier: 'Mã định danh điện tử',
  statisticalCode: 'Mã đơn vị hành chính (thống kê)',
  successor: 'Cơ quan kế thừa',
  predecessor: 'Cơ quan bàn giao sổ',
  retiredOn: 'Ngày ngừng hoạt động',
  retireReason: 'Lý do ngừng hoạt động',
  accepted: 'Cơ quan bàn giao sổ',
  fourEyes: 'Khóa sổ, đính chính phải có hai tài khoản',
  proposal: 'Đề nghị chờ xác nhận',
  proposed: 'Nội dung đề nghị',
  proposedBy: 'Người đề nghị',
  webhookName: 'Tên bên nhận sự kiện',
  webhookUrl: 'Địa chỉ nhận sự kiện',
  webhookTypes: 'Loại sự kiện được gửi',
  webhookSecret: 'Khóa ký, thế hệ',
  webhookOverlap: 'Khóa trước còn ký đến',
} as const;

export type Field = keyof typeof fieldLabels;

/** Fields whose label depends on what they are fields of. */
const nameField = { signature: 'signatureName', seal: 'sealName', agency: 'agencyName' } as const;

/** What a field is called: `name` is another thing of a book than of a seal. A field nobody has named is told as it is. */
export function labelOfField(field: string, kind: string): string {
  const isNamed = field === 'name' && Object.hasOwn(nameField, kind);
  const key = isNamed ? nameField[kind as keyof typeof nameField] : field;
  return Object.hasOwn(fieldLabels, key) ? fieldLabels[key as Field] : key;
}

/** What has a state of its own. */
export const thingLabels = {
  register: 'Sổ của năm',
  book: 'Quyển sổ',
  entry: 'Số chứng thực',
  signature: 'Chữ ký',
  seal: 'Con dấu',
  mandate: 'Ủy quyền, phân công',
  dossier: 'Hồ sơ',
  agency: 'Cơ quan',
} as const;

export type ThingKind = keyof typeof thingLabels;

export const eventLabels = {
  BookOpened: 'Mở sổ chứng thực',
  BookEdited: 'Sửa thông tin sổ',
  BookDiscarded: 'Xóa sổ',
  BookClosed: 'Khóa sổ',
  EntryNumberAssigned: 'Cấp số chứng thực',
  EntryCorrected: 'Đính chính',
  EntryNumberVoided: 'Hủy số',
  CertificationRevoked: 'Hủy giá trị pháp lý',
  RevocationPublished: 'Ghi nhận đăng tải quyết định hủy giá trị pháp lý',
  CopyStamped: 'Đóng dấu bản sao điện tử',
  CopySigned: 'Ghi nhận bản sao điện tử đã ký số',
  ClosingProposed: 'Đề nghị khóa sổ',
  CorrectionProposed: 'Đề nghị đính chính',
  ProposalWithdrawn: 'Rút đề nghị',
  ProposalRefused: 'Từ chối đề nghị',
  ProposalLapsed: 'Đề nghị không còn hiệu lực',
  NumberingPaused: 'Tạm dừng cấp số',
  NumbersLost: 'Ghi nhận số mất dữ liệu',
  NumberingResumed: 'Tiếp tục cấp số',
  SignatureRegistered: 'Thêm chữ ký',
  SignatureEdited: 'Sửa chữ ký',
  SignatureRevoked: 'Ngừng sử dụng chữ ký',
  SealRegistered: 'Thêm con dấu',
  SealEdited: 'Sửa con dấu',
  SealRevoked: 'Ngừng sử dụng con dấu',
  MandateRecorded: 'Ghi nhận ủy quyền, phân công',
  MandateEnded: 'Chấm dứt ủy quyền, phân công',
  ...dossierEventLabels,
  AgencyRegistered: 'Đăng ký cơ quan',
  AgencyRenamed: 'Đổi tên cơ quan',
  AgencyLevelChanged: 'Đổi cấp cơ quan',
  AgencyCodesChanged: 'Đổi mã định danh, mã thống kê của cơ quan',
  AgencyFourEyesChanged: 'Đổi quy định xác nhận hai người',
  AgencyRetired: 'Ngừng hoạt động cơ quan',
  SuccessionAccepted: 'Tiếp nhận sổ của cơ quan khác',
  ImageKept: 'Lưu tệp ảnh',
  RegisterExported: 'In, xuất sổ',
  WebhookSubscribed: 'Đăng ký nhận sự kiện',
  WebhookEdited: 'Sửa đăng ký nhận sự kiện',
  WebhookSecretRotated: 'Đổi khóa ký sự kiện',
  WebhookPaused: 'Tạm dừng gửi sự kiện',
  WebhookResumed: 'Tiếp tục gửi sự kiện',
  WebhookEnded: 'Kết thúc gửi sự kiện',
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

/** What becomes of what one account asks for and another has to confirm. */
export const proposalStateLabels = {
  waiting: 'Chờ xác nhận',
  confirmed: 'Đã xác nhận',
  withdrawn: 'Đã rút',
  refused: 'Đã từ chối',
  lapsed: 'Không còn hiệu lực',
} as const;

export type ProposalStateName = keyof typeof proposalStateLabels;

/** Of a register as a whole. */
export const numberingLabels = {
  running: 'Đang cấp số',
  paused: 'Tạm dừng cấp số',
} as const;

export const versionStateLabels = {
  'in-use': 'Đang sử dụng',
  superseded: 'Đã thay thế',
  revoked: 'Ngừng sử dụng',
} as const;

export const webhookStateLabels = {
  active: 'Đang gửi',
  paused: 'Tạm dừng',
  ended: 'Đã kết thúc',
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
