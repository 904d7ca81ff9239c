/* eslint-disable max-lines -- one table: every refusal has its row here and nowhere else */
import {
  displayDate,
  displayNumber,
  fieldLabels,
  proposalStateLabels,
  shownEntry,
  type Field,
  type RefusalCode,
  type RefusalDetails,
  type WebhookUrlFault,
} from '#domain';
import { brokenText, tooLong } from '../fields/said.ts';
import { badInputRow } from './bad-input.ts';
import { dossierRefusals } from './dossier-refusals.ts';
import { mandateRefusals } from './mandate-refusals.ts';
import type { ProblemRow } from './problem.ts';

/** Several at once are told one by one, each by its own row. */
export type OneRefusal = Exclude<RefusalCode, 'VALIDATION'>;
type Rows = { readonly [C in OneRefusal]: ProblemRow<RefusalDetails[C]> };

const label = (field: Field): string => fieldLabels[field];
const INVALID = badInputRow.title;
const NOT_NOW = 'Thao tác không phù hợp với trạng thái hiện tại';
const NOT_FOUND = 'Không tìm thấy';

/** What to do instead, where an agency has ended. */
const remedy = (successor: string | null): string =>
  successor === null
    ? 'Vui lòng đề nghị quản trị ghi nhận cơ quan kế thừa; việc mới vui lòng thực hiện tại cơ quan đó.'
    : `Cơ quan kế thừa ${successor} được khóa sổ, đính chính, hủy số, hủy giá trị pháp lý tại đây; việc mới vui lòng thực hiện trong sổ của ${successor}.`;

/** What is wrong with an address, and what to give instead. */
const urlRemedies: Readonly<Record<WebhookUrlFault, string>> = {
  syntax: 'không đúng dạng. Vui lòng nhập dạng https://bus.example.vn/su-kien, không có dấu #.',
  scheme: 'phải bắt đầu bằng https://. Vui lòng dùng địa chỉ https của bên nhận.',
  credentials:
    'không được chứa tên và mật khẩu. Vui lòng bỏ phần trước dấu @; bên nhận kiểm tra chữ ký thay cho mật khẩu.',
  port: 'dùng cổng không được phép. Vui lòng dùng cổng 443, hoặc đề nghị quản trị thêm cổng vào WEBHOOK_PORTS.',
  name: 'có tên máy chưa tra được. Vui lòng kiểm tra tên máy, hoặc thử lại sau.',
  network:
    'dẫn vào mạng nội bộ hoặc mạng dành riêng. Vui lòng dùng địa chỉ công khai, hoặc đề nghị quản trị thêm mạng đó vào WEBHOOK_NETWORKS.',
};

/** Status and text of every refusal: a new code does not compile until it has a row. */
export const refusals: Rows = {
  REQUIRED: {
    status: 422,
    title: INVALID,
    detail: ({ field }) => `Vui lòng nhập ${label(field)}.`,
  },
  TEXT_BROKEN: {
    status: 422,
    title: INVALID,
    detail: ({ field }) => brokenText(label(field)),
  },
  TOO_LONG: {
    status: 422,
    title: INVALID,
    detail: ({ field, limit }) => tooLong(label(field), displayNumber(limit)),
  },
  NUMBER_INVALID: {
    status: 422,
    title: INVALID,
    detail: ({ field, least, most }) =>
      `${label(field)} phải là số nguyên từ ${least} đến ${displayNumber(most)}.`,
  },
  NAME_FORMAT: {
    status: 422,
    title: INVALID,
    field: 'name',
    detail: () =>
      'Tên sổ chứng thực phải có dạng NN/YYYY, ví dụ: 01/2024 (số thứ tự từ 01 đến 999, năm từ 2000 đến 2099).',
  },
  NAME_DUPLICATE: {
    status: 409,
    title: NOT_NOW,
    field: 'name',
    detail: ({ name }) => `Sổ ${name} đã tồn tại tại cơ quan này. Vui lòng chọn tên khác.`,
  },
  NAME_YEAR: {
    status: 422,
    title: INVALID,
    field: 'name',
    detail: ({ year }) => `Năm trong tên sổ phải trùng với năm của Ngày mở sổ (${year}).`,
  },
  YEAR_LOCKED: {
    status: 422,
    title: INVALID,
    field: 'openedOn',
    detail: ({ year }) =>
      `Không thể chuyển sổ sang năm khác (sổ thuộc năm ${year}). Vui lòng xóa sổ này và mở sổ mới.`,
  },
  DATE_FORMAT: {
    status: 422,
    title: INVALID,
    detail: ({ field }) =>
      `${label(field)}: Ngày không hợp lệ. Vui lòng nhập ngày có thật, dạng YYYY-MM-DD.`,
  },
  DATE_ORDER: {
    status: 422,
    title: INVALID,
    field: 'closesOn',
    detail: () => 'Ngày đóng sổ không được trước Ngày mở sổ.',
  },
  DATE_YEAR: {
    status: 422,
    title: INVALID,
    field: 'closesOn',
    detail: ({ year }) => `Ngày đóng sổ không được sau 31/12 của năm mở sổ (31/12/${year}).`,
  },
  CLOSES_BEFORE_ENTRY: {
    status: 409,
    title: NOT_NOW,
    field: 'closesOn',
    detail: ({ lastEntryOn }) =>
      `Ngày đóng sổ không được trước ngày của số chứng thực cuối cùng (${displayDate(lastEntryOn)}). Vui lòng chọn từ ngày đó trở đi.`,
  },
  START_INVALID: {
    status: 422,
    title: INVALID,
    field: 'firstNumber',
    detail: () => 'Số ban đầu phải là số nguyên lớn hơn hoặc bằng 1.',
  },
  START_TOO_LARGE: {
    status: 422,
    title: INVALID,
    field: 'firstNumber',
    detail: ({ most }) => `Số ban đầu không được lớn hơn ${displayNumber(most)}.`,
  },
  START_CONTINUITY: {
    status: 422,
    title: INVALID,
    field: 'firstNumber',
    detail: ({ expected }) =>
      `Số ban đầu phải là ${displayNumber(expected)}, nối tiếp số cuối của sổ trước trong năm.`,
  },
  START_REASON: {
    status: 422,
    title: INVALID,
    field: 'reason',
    detail: () =>
      'Sổ đầu tiên của năm bắt đầu từ số 1; nếu Số ban đầu khác 1, vui lòng nhập lý do (ví dụ: tiếp nối sổ giấy).',
  },
  BOOK_OPEN_EXISTS: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) => `Phải khóa sổ ${name} trước khi mở sổ mới.`,
  },
  BOOK_NOT_FOUND: {
    status: 404,
    title: NOT_FOUND,
    detail: () => 'Không tìm thấy quyển sổ. Vui lòng kiểm tra lại mã sổ trong danh sách.',
  },
  BOOK_NOT_OPEN: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name, since }) =>
      since === 'not-yet'
        ? `Sổ ${name} chưa đến Ngày mở sổ. Vui lòng chờ đến ngày đó, hoặc sửa Ngày mở sổ nếu nhập nhầm.`
        : since === 'year-over'
          ? `Sổ ${name} thuộc năm đã hết nên không cấp số nữa. Vui lòng khóa sổ này và mở sổ của năm mới; số bắt đầu lại từ 1.`
          : `Sổ ${name} đã quá Ngày đóng sổ. Vui lòng gia hạn Ngày đóng sổ hoặc khóa sổ và mở sổ mới.`,
  },
  BOOK_CLOSED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name, isYearOver }) =>
      `Sổ đã khóa, không thể cấp số (${name}). Vui lòng mở sổ mới${isYearOver ? ' của năm nay' : ''}.`,
  },
  BOOK_LOCKED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) => `Sổ ${name} đã khóa, không thể thay đổi; chỉ được ghi chú đính chính.`,
  },
  BOOK_NOTES_ONLY: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) => `Sổ ${name} đã khóa, chỉ được đính chính cột Ghi chú.`,
  },
  BOOK_DISCARDED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) => `Sổ ${name} đã xóa. Vui lòng chọn sổ khác.`,
  },
  FIELD_LOCKED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ field }) =>
      `Không thể sửa ${label(field)} vì sổ đã cấp số chứng thực. Chỉ còn sửa được Ngày đóng sổ.`,
  },
  DELETE_USED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) =>
      `Không thể xóa sổ đã cấp số chứng thực (${name}). Vui lòng hủy từng số cấp nhầm, hoặc khóa sổ.`,
  },
  BOOKS_EXHAUSTED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ most }) =>
      `Trong năm đã mở ${displayNumber(most)} quyển sổ, kể cả sổ đã xóa, không thể mở thêm. Vui lòng dùng sổ đang mở; sổ của năm sau mở được bình thường.`,
  },
  REGISTER_PAUSED: {
    status: 503,
    title: 'Sổ tạm dừng cấp số',
    detail: ({ reason }) =>
      `Sổ đang tạm dừng cấp số (${reason}). Vui lòng đề nghị quản trị xác nhận số cuối cùng đã cấp, rồi thử lại.`,
  },
  NUMBERING_NOT_PAUSED: {
    status: 409,
    title: NOT_NOW,
    detail: () => 'Sổ không tạm dừng cấp số, không có gì để tiếp tục: vui lòng cấp số như thường.',
  },
  LAST_GIVEN_BEFORE: {
    status: 422,
    title: INVALID,
    field: 'lastGiven',
    detail: ({ lastNumber }) =>
      `Số cuối cùng đã cấp không được nhỏ hơn ${displayNumber(lastNumber)}, số cuối còn trong nhật ký.`,
  },
  LOST_TOO_MANY: {
    status: 422,
    title: INVALID,
    field: 'lastGiven',
    detail: ({ from, most }) =>
      `Không thể ghi nhận mất quá ${displayNumber(most)} số kể từ số ${displayNumber(from)}. Vui lòng kiểm tra lại số cuối cùng đã cấp.`,
  },
  ENTRY_LOST: {
    status: 409,
    title: NOT_NOW,
    detail: ({ number }) =>
      `Số ${displayNumber(number)} đã được cấp nhưng mất dữ liệu, không thể thay đổi. Vui lòng cấp số mới nếu cần.`,
  },
  CORRECTIONS_EXHAUSTED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ numberText, most }) =>
      `Số ${numberText} đã được đính chính hoặc đề nghị đính chính ${most} lần, không thể thêm. Vui lòng hủy số và cấp số mới.`,
  },
  NUMBERS_EXHAUSTED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ most }) =>
      `Sổ đã dùng đến số lớn nhất ${displayNumber(most)}. Vui lòng khóa sổ; sổ của năm sau bắt đầu lại từ số 1.`,
  },
  OUTSIDE_PERIOD: {
    status: 422,
    title: INVALID,
    field: 'certifiedOn',
    detail: ({ openedOn, closesOn }) =>
      `Ngày chứng thực nằm ngoài thời gian mở sổ (từ ${displayDate(openedOn)} đến ${displayDate(closesOn)}). Vui lòng chọn ngày trong thời gian đó.`,
  },
  ENTRY_DATE_ORDER: {
    status: 422,
    title: INVALID,
    field: 'certifiedOn',
    detail: ({ notBefore, notAfter }) =>
      notBefore !== undefined
        ? `Ngày chứng thực không được trước ngày của số liền trước (${displayDate(notBefore)}).`
        : `Ngày chứng thực không được sau ngày của số liền sau (${displayDate(notAfter ?? '')}).`,
  },
  DATE_IN_FUTURE: {
    status: 422,
    title: INVALID,
    detail: ({ field }) =>
      `${label(field)} không được sau ngày hôm nay. Vui lòng chọn hôm nay hoặc ngày trước đó.`,
  },
  DOCUMENT_NUMBERED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ entry, differences }) => {
      const { dossier, document, numberText, bookName } = entry;
      const what = differences.map(({ field }) => label(field)).join('; ');
      return `Giấy tờ thứ ${document} của hồ sơ ${dossier} đã có số ${numberText} (${bookName}) với nội dung khác: ${what}. Vui lòng dùng số đã cấp, đính chính số đó, hoặc ghi số thứ tự giấy tờ khác.`;
    },
    more: ({ entry, differences }) => ({
      current: shownEntry(entry),
      differences: differences.map((one) => ({ ...one, label: label(one.field) })),
    }),
  },
  ENTRY_NOT_FOUND: {
    status: 404,
    title: NOT_FOUND,
    detail: ({ number }) =>
      `Không tìm thấy số chứng thực ${displayNumber(number)} trong quyển sổ này. Vui lòng chọn số trong danh sách của sổ.`,
  },
  ENTRY_VOIDED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ numberText }) =>
      `Số ${numberText} đã hủy, không thể thay đổi. Vui lòng cấp số mới cho giấy tờ nếu cần.`,
  },
  ENTRY_REVOKED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ numberText }) =>
      `Số ${numberText} đã hủy giá trị pháp lý, không thể thay đổi. Vui lòng cấp số mới cho giấy tờ khác nếu cần.`,
  },
  PUBLISHED_BEFORE_DECISION: {
    status: 422,
    title: INVALID,
    field: 'publishedOn',
    detail: ({ decisionDate }) =>
      `Ngày đăng tải không được trước ngày của quyết định (${displayDate(decisionDate)}). Vui lòng kiểm tra lại hai ngày.`,
  },
  COPY_NOT_ELECTRONIC: {
    status: 409,
    title: NOT_NOW,
    detail: ({ title }) =>
      `Sổ “${title}” là của bản sao giấy, dấu đóng trên giấy. Vui lòng cấp số trong sổ bản sao điện tử nếu cần bản sao điện tử.`,
  },
  COPY_NOT_STAMPED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ numberText }) =>
      `Số ${numberText} chưa có bản sao điện tử nào được đóng dấu. Vui lòng đóng dấu tệp quét trước, ký số sau.`,
  },
  COPY_OUTDATED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ numberText }) =>
      `Số ${numberText} đã được đính chính nên dấu trên tệp không còn đúng với sổ. Vui lòng đóng dấu lại tệp quét rồi ký tệp mới.`,
  },
  COPY_SIGNED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ numberText }) =>
      `Bản sao điện tử của số ${numberText} đã được ký số, không thể đóng dấu lại hay hủy số. Nếu bản đã ký sai, vui lòng hủy giá trị pháp lý của số này rồi cấp số mới.`,
  },
  COPY_OTHER_FILE: {
    status: 409,
    title: NOT_NOW,
    field: 'file',
    detail: ({ numberText, isSigned }) =>
      isSigned
        ? `Bản sao điện tử của số ${numberText} đã có tệp ký số khác. Vui lòng gửi đúng tệp đó, hoặc tệp đó với chữ ký được ký thêm.`
        : `Tệp này không bắt đầu bằng tệp đã đóng dấu sau cùng của số ${numberText}. Vui lòng ký đúng tệp đó theo kiểu nối thêm (giữ nguyên nội dung), rồi gửi tệp đã ký.`,
  },
  STAMPS_EXHAUSTED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ numberText, most }) =>
      `Số ${numberText} đã được đóng dấu ${most} lần. Vui lòng ký tệp đóng dấu sau cùng, hoặc hủy số và cấp số mới.`,
  },
  DECISION_BEFORE_ENTRY: {
    status: 422,
    title: INVALID,
    field: 'decisionDate',
    detail: ({ certifiedOn }) =>
      `Ngày quyết định không được trước ngày chứng thực (${displayDate(certifiedOn)}).`,
  },
  PROPOSAL_NEEDED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ code }) =>
      `Cơ quan ${code} quy định khóa sổ và đính chính phải có hai tài khoản. Vui lòng gửi đề nghị (proposals) để tài khoản khác xác nhận.`,
  },
  PROPOSALS_OFF: {
    status: 409,
    title: NOT_NOW,
    detail: ({ code }) =>
      `Cơ quan ${code} không quy định phải có hai tài khoản. Vui lòng khóa sổ, đính chính trực tiếp, hoặc đề nghị quản trị bật quy định (fourEyes).`,
  },
  PROPOSAL_EMPTY: {
    status: 422,
    title: INVALID,
    detail: () =>
      'Đề nghị đính chính không thay đổi cột nào. Vui lòng nhập giá trị khác với giá trị đang có.',
  },
  PROPOSAL_NOT_FOUND: {
    status: 404,
    title: NOT_FOUND,
    detail: () => 'Không có đề nghị này. Vui lòng tải lại danh sách đề nghị.',
  },
  PROPOSAL_WAITING: {
    status: 409,
    title: NOT_NOW,
    detail: ({ by }) =>
      `Đã có đề nghị của ${by} đang chờ xác nhận. Vui lòng xác nhận, từ chối hoặc rút đề nghị đó trước.`,
  },
  PROPOSAL_ENDED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ as }) =>
      `Đề nghị không còn chờ xác nhận (${proposalStateLabels[as]}). Vui lòng gửi đề nghị mới nếu cần.`,
  },
  PROPOSAL_OUTDATED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ numberText }) =>
      `Số ${numberText} đã thay đổi sau khi có đề nghị. Vui lòng từ chối đề nghị này và gửi đề nghị mới theo giá trị đang có.`,
  },
  PROPOSAL_OWN: {
    status: 409,
    title: NOT_NOW,
    detail: ({ by }) =>
      `Đề nghị là của chính ${by}: phải do tài khoản khác xác nhận hoặc từ chối. Vui lòng chờ, hoặc rút đề nghị.`,
  },
  PROPOSAL_FOREIGN: {
    status: 409,
    title: NOT_NOW,
    detail: ({ by }) =>
      `Chỉ ${by} rút được đề nghị của mình. Vui lòng từ chối đề nghị nếu không đồng ý.`,
  },
  REASON: { status: 422, title: INVALID, field: 'reason', detail: () => 'Vui lòng nhập lý do.' },
  SIGNATURE_NOT_FOUND: {
    status: 404,
    title: NOT_FOUND,
    detail: () => 'Không tìm thấy chữ ký. Vui lòng chọn chữ ký trong Danh sách chữ ký.',
  },
  SIGNATURE_REVOKED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) => `Chữ ký “${name}” đã ngừng sử dụng. Vui lòng chọn chữ ký khác.`,
  },
  SIGNATURE_SIGNER: {
    status: 422,
    title: INVALID,
    field: 'certifierFullName',
    detail: ({ name, signer }) =>
      `Chữ ký “${name}” là của ${signer}. Vui lòng ghi đúng họ tên người ký hoặc chọn chữ ký khác.`,
  },
  SIGNATURE_NAME_DUPLICATE: {
    status: 409,
    title: NOT_NOW,
    field: 'name',
    detail: ({ name }) => `Chữ ký “${name}” đã tồn tại. Vui lòng đặt tên khác.`,
  },
  SEAL_NOT_FOUND: {
    status: 404,
    title: NOT_FOUND,
    detail: () => 'Không tìm thấy con dấu. Vui lòng chọn con dấu trong Danh sách con dấu.',
  },
  SIGNATURE_NO_DEFAULT: {
    status: 409,
    title: NOT_NOW,
    detail: ({ account }) =>
      `Tài khoản ${account} không có chữ ký mặc định đang sử dụng. Vui lòng ghi chữ ký cần dùng trong signature.id, hoặc thêm chữ ký và đặt mặc định trong Danh sách chữ ký.`,
  },
  SEAL_NO_DEFAULT: {
    status: 409,
    title: NOT_NOW,
    detail: () =>
      'Cơ quan không có con dấu mặc định đang sử dụng. Vui lòng ghi con dấu cần dùng trong seal.id, hoặc thêm con dấu và đặt mặc định trong Danh sách con dấu.',
  },
  SPECIMENS_EXHAUSTED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ most }) =>
      `Danh sách đã có ${most} mẫu, kể cả mẫu đã ngừng sử dụng, không thể thêm. Vui lòng thay ảnh hoặc sửa một mẫu đang sử dụng.`,
  },
  VERSIONS_EXHAUSTED: {
    status: 409,
    title: NOT_NOW,
    field: 'image',
    detail: ({ name, most }) =>
      `Mẫu “${name}” đã có ${most} phiên bản ảnh, không thể thay ảnh nữa. Vui lòng ngừng sử dụng mẫu này rồi thêm mẫu mới.`,
  },
  IMAGES_EXHAUSTED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ mostMiB }) =>
      `Ảnh chữ ký và con dấu đã lưu của cơ quan sẽ vượt quá ${mostMiB} MiB; ảnh đã lưu được giữ mãi. Vui lòng gửi ảnh nhỏ hơn, hoặc dùng lại đúng tệp đã gửi.`,
  },
  SEAL_REVOKED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) => `Con dấu “${name}” đã ngừng sử dụng. Vui lòng chọn con dấu khác.`,
  },
  SEAL_NAME_DUPLICATE: {
    status: 409,
    title: NOT_NOW,
    field: 'name',
    detail: ({ name }) => `Con dấu “${name}” đã tồn tại. Vui lòng đặt tên khác.`,
  },
  ...mandateRefusals,
  ...dossierRefusals,
  AGENCY_CODE: {
    status: 422,
    title: INVALID,
    field: 'code',
    detail: () =>
      'Mã cơ quan gồm chữ in hoa không dấu, chữ số, dấu chấm và gạch nối, tối đa 32 ký tự, ví dụ: BK-001.',
  },
  AGENCY_IDENTIFIER: {
    status: 422,
    title: INVALID,
    field: 'identifier',
    detail: () =>
      'Mã định danh điện tử gồm một chữ in hoa và hai chữ số, các cấp sau cách nhau bằng dấu chấm, tối đa 35 ký tự, ví dụ: H55.1.2.',
  },
  AGENCY_STATISTICAL_CODE: {
    status: 422,
    title: INVALID,
    field: 'statisticalCode',
    detail: () =>
      'Mã đơn vị hành chính gồm hai chữ số (tỉnh), ba (huyện cũ) hoặc năm (xã), ví dụ: 05755.',
  },
  AGENCY_EXISTS: {
    status: 409,
    title: NOT_NOW,
    field: 'code',
    detail: ({ code, name }) =>
      `Mã ${code} đã được cấp cho “${name}”. Vui lòng chọn mã khác, hoặc sửa thông tin của cơ quan đó.`,
  },
  AGENCY_NOT_FOUND: {
    status: 404,
    title: NOT_FOUND,
    detail: ({ code }) =>
      `Cơ quan ${code} chưa được đăng ký. Vui lòng kiểm tra mã cơ quan hoặc đề nghị quản trị đăng ký.`,
  },
  AGENCY_RETIRED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ code, retiredOn, successor }) =>
      `Cơ quan ${code} đã ngừng hoạt động từ ${displayDate(retiredOn)}, sổ chỉ còn để tra cứu. ${remedy(successor)}`,
  },
  AGENCY_DISTRICT_ENDED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ code }) =>
      `Cơ quan ${code} là cấp huyện, không còn hoạt động sau 30/06/2025; sổ chỉ còn để tra cứu. Vui lòng thực hiện tại cơ quan cấp tỉnh hoặc cấp xã; nếu cần khóa sổ, đính chính, đề nghị quản trị ghi nhận cơ quan kế thừa.`,
  },
  SUCCESSOR_SELF: {
    status: 422,
    title: INVALID,
    field: 'successor',
    detail: () => 'Cơ quan kế thừa phải là cơ quan khác. Vui lòng chọn cơ quan khác.',
  },
  SUCCESSOR_NOT_FOUND: {
    status: 422,
    title: INVALID,
    field: 'successor',
    detail: ({ code }) =>
      `Cơ quan kế thừa ${code} chưa được đăng ký. Vui lòng đăng ký cơ quan đó trước.`,
  },
  SUCCESSOR_RETIRED: {
    status: 409,
    title: NOT_NOW,
    field: 'successor',
    detail: ({ code, retiredOn, successor }) =>
      `Cơ quan kế thừa ${code} đã ngừng hoạt động từ ${displayDate(retiredOn)}. ${
        successor === null
          ? 'Vui lòng chọn cơ quan đang hoạt động.'
          : `Vui lòng chọn ${successor} là cơ quan kế thừa của cơ quan đó.`
      }`,
  },
  SUCCESSOR_DISTRICT: {
    status: 409,
    title: NOT_NOW,
    field: 'successor',
    detail: ({ code }) =>
      `Cơ quan kế thừa ${code} là cấp huyện, không còn hoạt động sau 30/06/2025. Vui lòng chọn cơ quan cấp tỉnh hoặc cấp xã.`,
  },
  SUCCESSOR_CYCLE: {
    status: 409,
    title: NOT_NOW,
    field: 'successor',
    detail: ({ code, successor }) =>
      `Cơ quan ${code} đã tiếp nhận sổ của ${successor}, nên ${successor} không thể kế thừa ${code}. Vui lòng chọn cơ quan khác.`,
  },
  WEBHOOK_NOT_FOUND: {
    status: 404,
    title: NOT_FOUND,
    detail: () =>
      'Không có đăng ký nhận sự kiện này. Vui lòng kiểm tra mã đăng ký trong danh sách đăng ký.',
  },
  WEBHOOK_EXISTS: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) =>
      `Mã đăng ký này đã dùng cho “${name}”. Vui lòng gửi yêu cầu mới với Idempotency-Key mới.`,
  },
  WEBHOOK_ENDED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ name }) =>
      `Đăng ký nhận sự kiện “${name}” đã kết thúc. Vui lòng tạo đăng ký mới nếu cần gửi tiếp.`,
  },
  WEBHOOK_TYPE: {
    status: 422,
    title: INVALID,
    field: 'types',
    detail: ({ type }) =>
      `Không có loại sự kiện “${type}”. Vui lòng chọn các loại trong docs/asyncapi.json, ví dụ: EntryNumberAssigned.`,
  },
  WEBHOOK_URL: {
    status: 422,
    title: INVALID,
    field: 'url',
    detail: ({ because }) => `${label('webhookUrl')} ${urlRemedies[because]}`,
  },
};
