import {
  displayDate,
  displayNumber,
  registerType,
  type MandateLack,
  type RefusalDetails,
} from '#domain';
import { badInputRow } from './bad-input.ts';
import type { ProblemRow } from './problem.ts';

type MandateCode = Extract<keyof RefusalDetails, `MANDATE${string}`>;
type Rows = { readonly [C in MandateCode]: ProblemRow<RefusalDetails[C]> };

const INVALID = badInputRow.title;
const NOT_NOW = 'Thao tác không phù hợp với trạng thái hiện tại';

/** What the nearest mandate there is does not say. */
const lacking: Readonly<Record<MandateLack, string>> = {
  person: 'chưa có văn bản nào của người này',
  account: 'văn bản ghi tài khoản khác với tài khoản của chữ ký',
  title: 'văn bản ghi chức danh khác',
  scope: 'văn bản không gồm loại chứng thực này',
  dates: 'văn bản không còn, hoặc chưa có hiệu lực vào ngày đó',
};

/** Status and text of what mandates are refused with. */
export const mandateRefusals: Rows = {
  MANDATE_MISSING: {
    status: 409,
    title: NOT_NOW,
    field: 'authority',
    detail: ({ authority, certifierFullName, certifierTitle, certifiedOn, ...of }) =>
      `Thẩm quyền ký ${authority ?? ''}: từ ${displayDate(of.since)} phải có văn bản ủy quyền, phân công có hiệu lực ngày ${displayDate(certifiedOn)} cho ${certifierFullName}, ${certifierTitle}, gồm loại ${registerType(of.type).label}; ${lacking[of.lack]}. Vui lòng đề nghị văn thư ghi nhận văn bản tại mục Ủy quyền, phân công, hoặc sửa người ký, Thẩm quyền ký.`,
  },
  MANDATE_NOT_FOUND: {
    status: 404,
    title: 'Không tìm thấy',
    detail: () =>
      'Không tìm thấy văn bản ủy quyền, phân công. Vui lòng chọn văn bản trong danh sách.',
  },
  MANDATE_EXISTS: {
    status: 409,
    title: NOT_NOW,
    field: 'mandateNumber',
    detail: ({ mandateNumber }) =>
      `Văn bản ${mandateNumber} của người này đã được ghi nhận. Nếu ghi nhầm, vui lòng chấm dứt văn bản đó từ ngày bắt đầu hiệu lực rồi ghi nhận lại.`,
  },
  MANDATE_BEFORE_ISSUE: {
    status: 422,
    title: INVALID,
    field: 'validFrom',
    detail: ({ issuedOn }) =>
      `Có hiệu lực từ ngày không được trước Ngày văn bản (${displayDate(issuedOn)}). Vui lòng kiểm tra lại hai ngày.`,
  },
  MANDATE_DATES: {
    status: 422,
    title: INVALID,
    field: 'validTo',
    detail: ({ validFrom }) =>
      `Đến hết ngày không được trước ngày bắt đầu hiệu lực (${displayDate(validFrom)}). Vui lòng kiểm tra lại hai ngày.`,
  },
  MANDATE_ENDED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ mandateNumber, endedOn }) =>
      `Văn bản ${mandateNumber} đã ghi nhận chấm dứt từ ${displayDate(endedOn)}, không thể thay đổi. Vui lòng ghi nhận văn bản mới nếu cần.`,
  },
  MANDATE_END_OUTSIDE: {
    status: 422,
    title: INVALID,
    field: 'endedOn',
    detail: ({ validFrom, validTo }) => {
      const until = validTo === null ? 'trở đi' : `đến ${displayDate(validTo)}`;
      return `Chấm dứt từ ngày phải nằm trong thời hạn của văn bản (từ ${displayDate(validFrom)} ${until}). Vui lòng chọn ngày trong thời hạn đó.`;
    },
  },
  MANDATES_EXHAUSTED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ most }) =>
      `Cơ quan đã ghi nhận ${displayNumber(most)} văn bản ủy quyền, phân công, không thể ghi thêm. Vui lòng dùng văn bản đang có hiệu lực.`,
  },
};
