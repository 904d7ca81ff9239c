import type { ProblemCode } from '../../http/problems/codes.ts';
import { statusLabels, type VerifiedStatus } from '../statuses.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

interface Told {
  readonly title: string;
  readonly text: string;
}

/** What the pages say, but for what stands in the register and what problems are told with. */
export interface Words {
  readonly title: string;
  readonly other: string;
  readonly codeForm: string;
  readonly code: string;
  readonly codeHint: string;
  readonly verify: string;
  readonly fileForm: string;
  readonly file: string;
  readonly fileHint: string;
  readonly another: string;
  readonly status: Readonly<Record<VerifiedStatus, Told>>;
  readonly number: string;
  readonly book: string;
  readonly agency: string;
  readonly certifiedOn: string;
  readonly kind: string;
  readonly endedOn: string;
  readonly corrected: string;
  readonly compare: string;
  readonly proof: string;
  readonly proofText: string;
  readonly unsealed: string;
  readonly knownFile: Told;
  readonly signedFile: Told;
  readonly stampedFile: Told;
  readonly replacedFile: Told;
  readonly unknownFile: Told;
  readonly printed: string;
  readonly madeOn: string;
  readonly request: string;
  /** Problems in this language; those left out are told as the API tells them. */
  readonly problems: Partial<Record<ProblemCode, Told>>;
  readonly otherProblem: Told | null;
}

const told = (label: string, text: string): Told => ({ title: label.split(':')[0] ?? label, text });

const vi: Words = {
  title: 'Xác minh bản chứng thực',
  other: 'English',
  codeForm: 'Xác minh bằng mã',
  code: 'Mã xác minh in trên bản sao',
  codeHint:
    'Ví dụ 01AV-9QXT-2B4C-WZ10. Không cần phân biệt chữ hoa, chữ thường, dấu cách, gạch nối.',
  verify: 'Xác minh',
  fileForm: 'Xác minh bằng tệp',
  file: 'Tệp đã nhận từ cơ quan chứng thực',
  fileHint: 'Tệp chỉ được đối chiếu, không được lưu lại.',
  another: 'Xác minh bản khác',
  status: {
    valid: told(statusLabels.valid, 'Số chứng thực này đã được cấp và còn giá trị.'),
    voided: told(
      statusLabels.voided,
      'Số này đã bị hủy vì hồ sơ không được chứng thực. Bản sao mang số này không có giá trị.',
    ),
    revoked: told(
      statusLabels.revoked,
      'Bản chứng thực này đã bị hủy giá trị pháp lý theo quyết định của người có thẩm quyền.',
    ),
  },
  number: 'Số chứng thực',
  book: 'Quyển số',
  agency: 'Cơ quan chứng thực',
  certifiedOn: 'Ngày chứng thực',
  kind: 'Việc chứng thực',
  endedOn: 'Ngày hủy, thu hồi',
  corrected: 'Thông tin của số này trong sổ đã được đính chính sau khi cấp.',
  compare:
    'Vui lòng đối chiếu các thông tin này với bản sao đang cầm. Trang này không cho biết nội dung giấy tờ và người yêu cầu chứng thực.',
  proof: 'Bằng chứng số này nằm trong nhật ký đã niêm phong',
  proofText:
    'Dành cho người kiểm tra bằng máy: hàm băm của sự kiện, đường đi và điểm kiểm tra đã ký (C2SP tlog-proof).',
  unsealed: 'Số này chưa nằm trong một điểm kiểm tra đã ký. Vui lòng xem lại sau để có bằng chứng.',
  knownFile: {
    title: 'Đúng tệp đã phát hành',
    text: 'Hệ thống đã phát hành đúng tệp này; tệp chưa bị sửa một byte nào.',
  },
  signedFile: {
    title: 'Đúng bản sao điện tử đã ký số',
    text: 'Đây là đúng tệp đã đóng dấu và ký số của số chứng thực này; tệp chưa bị sửa một byte nào. Chứng thư số của người ký không được kiểm tra ở đây: vui lòng xem bằng phần mềm đọc PDF.',
  },
  stampedFile: {
    title: 'Đã đóng dấu, chưa ký số',
    text: 'Đây là tệp đã đóng dấu nhưng chưa có chữ ký số. Bản sao điện tử chỉ có giá trị khi đã ký số; vui lòng đề nghị cơ quan chứng thực gửi tệp đã ký.',
  },
  replacedFile: {
    title: 'Tệp đã bị thay',
    text: 'Tệp này đã được thay bằng một tệp đóng dấu lại. Vui lòng đề nghị cơ quan chứng thực gửi tệp hiện có.',
  },
  unknownFile: {
    title: 'Không biết tệp này',
    text: 'Hệ thống chưa phát hành tệp nào giống hệt như vậy. Tệp đã được lưu lại, in ra quét lại hay sửa đổi thì không còn là tệp đã phát hành; hãy xác minh bằng mã in trên bản sao.',
  },
  printed: 'Sổ chứng thực đã in',
  madeOn: 'Ngày phát hành',
  request: 'Mã yêu cầu',
  problems: {},
  otherProblem: null,
};

const en: Words = {
  title: 'Verify a certified copy',
  other: 'Tiếng Việt',
  codeForm: 'Verify by code',
  code: 'Verification code printed on the copy',
  codeHint: 'For example 01AV-9QXT-2B4C-WZ10. Case, blanks and hyphens do not matter.',
  verify: 'Verify',
  fileForm: 'Verify by file',
  file: 'File received from the certifying agency',
  fileHint: 'The file is only compared. It is not kept.',
  another: 'Verify another copy',
  status: {
    valid: { title: 'Genuine', text: 'This number was given and stands.' },
    voided: {
      title: 'Cancelled',
      text: 'This number was cancelled: the dossier was not certified. A copy that bears it has no value.',
    },
    revoked: {
      title: 'Revoked',
      text: 'The legal value of this certification was withdrawn by a decision of the competent authority.',
    },
  },
  number: 'Certification number',
  book: 'Book',
  agency: 'Certifying agency',
  certifiedOn: 'Certified on',
  kind: 'Kind of certification',
  endedOn: 'Cancelled or revoked on',
  corrected: 'The register’s entry of this number was corrected after it was given.',
  compare:
    'Please compare this with the copy you hold. This page tells neither what the document says nor who asked for it.',
  proof: 'Proof that this number is in the sealed log',
  proofText:
    'For those who check by machine: hash of the event, path and signed checkpoint (C2SP tlog-proof).',
  unsealed:
    'This number is not under a signed checkpoint yet. Please look again later for its proof.',
  knownFile: {
    title: 'This very file was issued',
    text: 'The service issued exactly this file. Not one byte of it has changed.',
  },
  signedFile: {
    title: 'This very copy was signed',
    text: 'This is exactly the file that was stamped and signed for this number. Not one byte of it has changed. Whose certificate signed it is not looked into here: please see that in your PDF reader.',
  },
  stampedFile: {
    title: 'Stamped, not signed yet',
    text: 'This file was stamped, and bears no digital signature. An electronic copy has no value before it is signed; please ask the certifying agency for the signed file.',
  },
  replacedFile: {
    title: 'This file was replaced',
    text: 'This file was replaced by one that was stamped anew. Please ask the certifying agency for the file there is now.',
  },
  unknownFile: {
    title: 'Unknown file',
    text: 'The service has issued no file exactly like it. A file that was saved anew, printed and scanned, or changed is not the one that was issued; please verify by the code printed on the copy.',
  },
  printed: 'Printed register',
  madeOn: 'Issued on',
  request: 'Request',
  problems: {
    VERIFICATION_UNKNOWN: {
      title: 'No certified copy bears this code',
      text: 'No number was given with this code. Please compare it with the copy sign by sign; if there is still none, ask the agency named on the copy before you use it.',
    },
    VERIFICATION_CODE_FORMAT: {
      title: 'This is no verification code',
      text: 'A code has 16 letters and digits in four groups, as 01AV-9QXT-2B4C-WZ10. Please type it as it is printed.',
    },
    FILE_MISSING: { title: 'No file', text: 'Please choose a file.' },
    TOO_MANY_REQUESTS: {
      title: 'Too many requests',
      text: 'Your address has asked too often within a minute. Please wait a minute and try again.',
    },
  },
  otherProblem: {
    title: 'This could not be verified now',
    text: 'Please try again in a moment. Nothing is said about the copy.',
  },
};

export const wordsOf: Readonly<Record<Language, Words>> = { vi, en };
