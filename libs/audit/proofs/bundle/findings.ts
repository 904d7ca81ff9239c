/** What is wrong with a bundle, in a closed list: each with what it says in two languages. */
const texts = {
  SIGNATURE: [
    'Chữ ký của điểm kiểm tra không đúng: {detail}',
    'The checkpoint is not rightly signed: {detail}',
  ],
  COSIGNATURES: [
    'Chữ ký của các nhân chứng không đủ theo chính sách: có {found}',
    'The witnesses that have cosigned are not enough for the policy: {found}',
  ],
  TIMESTAMP: ['Dấu thời gian không đúng: {detail}', 'A timestamp does not hold: {detail}'],
  NO_TIMESTAMP: [
    'Không có dấu thời gian nào của cơ quan cấp dấu được tin cậy; trong gói có {found}',
    'There is no timestamp of a trusted authority; {found} in the bundle',
  ],
  ROOT: [
    'Sự kiện trong gói không phải là những gì đã được niêm phong (đã sửa, bớt, thêm hoặc đổi chỗ): gốc tính được {found}, gốc đã ký {signed}',
    'The events are not what was sealed (changed, removed, added or moved): the root is {found}, {signed} was signed',
  ],
  LEAF: [
    'Sự kiện không phải là sự kiện đã niêm phong ở vị trí này: mã băm tính được {found}, đã ghi {stated}',
    'This is not the event that was sealed here: its hash is {found}, {stated} is stated',
  ],
  PLACE: [
    'Sự kiện đứng không đúng chỗ: ghi là thứ {stated}',
    'The event stands in another’s place: it is stated to be {stated}',
  ],
  HEADS: [
    'Mức đến của các luồng không đúng với tuyên bố đã ký: {detail}',
    'How far streams had come is not what was signed: {detail}',
  ],
  INCOMPLETE: [
    'Luồng {stream} không đầy đủ: trong gói đến sự kiện {found}, đã niêm phong đến {sealed}',
    'Stream {stream} is not whole: here up to revision {found}, sealed up to {sealed}',
  ],
  REVISION: [
    'Luồng {stream}: sau sự kiện {last} là {revision}, không liên tục',
    'Stream {stream}: revision {revision} follows {last}',
  ],
  UNREADABLE_EVENT: ['Sự kiện không đọc được: {detail}', 'An event cannot be read: {detail}'],
  FOREIGN: [
    'Sự kiện {type} không thể thuộc luồng {stream} của tài khoản {account}, cơ quan {agency}',
    '{type} by {account} of {agency} cannot belong to {stream}',
  ],
  OUTSIDE_SCOPE: [
    'Luồng {stream} không thuộc phạm vi của gói',
    '{stream} is not in the bundle’s scope',
  ],
  ROLE: [
    '{type}: tài khoản {account} làm với vai trò {role}, cần {wanted}',
    '{type}: {account} acted as {role}, not {wanted}',
  ],
  AGENCY_ENDED: [
    '{type}: cơ quan {agency} đã kết thúc ngày {retiredOn} và {actor} không được làm việc này',
    '{type}: {agency} had ended on {retiredOn}, and {actor} had no right to this',
  ],
  NUMBER: [
    'Số {number} không nối tiếp: số phải cấp là {expected}',
    'Number {number} does not follow: {expected} was next',
  ],
  PAUSED: [
    'Cấp số {number} khi sổ đang tạm dừng',
    'Number {number} was given while numbering was paused',
  ],
  NO_BOOK: ['{type}: không có quyển sổ đang mở {book}', '{type}: there is no open book {book}'],
  DOCUMENT_TWICE: [
    'Văn bản của số {number} đã có số {other}',
    'The document of number {number} already had number {other}',
  ],
  DATE_ORDER: [
    'Số {number} chứng thực ngày {date}, trước ngày {before} của số liền trước',
    'Number {number} is dated {date}, before its predecessor’s {before}',
  ],
  NO_ENTRY: ['{type}: số {number} chưa được cấp', '{type}: number {number} was never given'],
  BEFORE: [
    '{type}: giá trị cũ của {field} không phải là giá trị đang có ({stood})',
    '{type}: the value of {field} before it is not the one that stood there ({stood})',
  ],
  ENTRY_STATE: [
    '{type}: số {number} đã ở trạng thái {state}',
    '{type}: number {number} was already {state}',
  ],
  STAMP: [
    '{type}: số {number} khi đó có {field} là {stood}, dấu của bản sao ghi khác',
    '{type}: {field} of number {number} was {stood} then, and the copy’s stamp says something else',
  ],
  NO_STAMP: [
    '{type}: số {number} không có bản sao đã đóng dấu {sha256}',
    '{type}: number {number} has no copy stamped as {sha256}',
  ],
  TOTALS: [
    'Khóa sổ {book}: tổng ghi khi khóa không đúng với các mục của sổ',
    'Closing {book}: its totals are not those of its entries',
  ],
  SPECIMEN: [
    '{type}: mẫu {id} chưa có hoặc đã thu hồi',
    '{type}: there is no specimen {id} in use',
  ],
  IMAGE_USE: [
    'Số {number} dùng ảnh {id} phiên bản {version} không có khi đó',
    'Number {number} carries version {version} of {id}, which was not there then',
  ],
  CLOSING_SEAL: [
    'Khóa sổ {book}: con dấu {id} phiên bản {version} không có khi đó',
    'Closing {book}: version {version} of seal {id} was not there then',
  ],
  MANDATE_CHANGE: [
    '{type}: văn bản ủy quyền, phân công {id} không ở trạng thái cho phép',
    '{type}: mandate {id} was not in a state to be so',
  ],
  MANDATE: [
    'Số {number}: người ký không có văn bản ủy quyền, phân công có hiệu lực như sự kiện nêu ({mandate})',
    'Number {number}: who certified had no mandate in force as the event says ({mandate})',
  ],
  DOSSIER_CHANGE: [
    '{type}: hồ sơ {dossier} không ở trạng thái như sự kiện nêu',
    '{type}: dossier {dossier} did not stand as the event says',
  ],
  PROPOSAL: [
    '{type}: không có đề nghị {proposal} đang chờ như sự kiện nêu',
    '{type}: no proposal {proposal} waits as the event says',
  ],
  PROPOSAL_WAITS: [
    '{type}: đề nghị {proposal} còn chờ, chưa được xác nhận, rút hay từ chối',
    '{type}: proposal {proposal} still waits: it was neither confirmed nor ended',
  ],
  FOUR_EYES: [
    '{type}: {account} tự xác nhận đề nghị của chính mình',
    '{type}: {account} has confirmed or refused what the same account asked for',
  ],
  PROPOSER: [
    '{type}: {account} không phải là tài khoản đã đề nghị',
    '{type}: {account} is not the account that made the proposal',
  ],
  UNCONFIRMED: [
    '{type}: cơ quan {agency} khi đó yêu cầu hai tài khoản, {account} làm một mình',
    '{type}: {agency} asked for two accounts then, {account} acted alone',
  ],
  IMAGE_HASH: [
    'Ảnh {sha256} không đúng với mã băm của nó',
    'Picture {sha256} is not what its hash says',
  ],
  IMAGE_MISSING: [
    'Thiếu ảnh {sha256} mà sự kiện nêu tên',
    'Picture {sha256}, which an event names, is missing',
  ],
} as const;

export type FindingCode = keyof typeof texts;

export interface Finding {
  readonly code: FindingCode;
  readonly details: Readonly<Record<string, string | number | null>>;
  /** Of the event's leaf, where it is one event's. */
  readonly index?: number | undefined;
  readonly stream?: string | undefined;
  readonly revision?: number | undefined;
}

/** What would write over other lines, or hide them, made visible. */
export const onOneLine = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- those are meant
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');

export type Language = 'vi' | 'en';

/** A finding in words. */
export function findingText(
  { code, details, index, stream, revision }: Finding,
  language: Language,
): string {
  const [vi, en] = texts[code];
  const all: Readonly<Record<string, string | number | null | undefined>> = {
    stream,
    revision,
    ...details,
  };
  const text = (language === 'vi' ? vi : en).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(all[name] ?? '–'),
  );
  if (index === undefined) return onOneLine(text);
  const where = language === 'vi' ? 'sự kiện' : 'event';
  return onOneLine(`${where} ${index} (${stream ?? ''} ${revision ?? ''}): ${text}`);
}
