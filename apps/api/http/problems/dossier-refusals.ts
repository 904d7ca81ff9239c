import {
  displayDate,
  displayTime,
  fieldLabels,
  shownDossier,
  type AppointmentFault,
  type RefusalDetails,
} from '#domain';
import { badInputRow } from './bad-input.ts';
import type { ProblemRow } from './problem.ts';

type DossierCode = Extract<keyof RefusalDetails, `DOSSIER_${string}` | `APPOINTMENT_${string}`>;
type Rows = { readonly [C in DossierCode | 'TIME_FORMAT']: ProblemRow<RefusalDetails[C]> };

const INVALID = badInputRow.title;
const NOT_NOW = 'Thao tác không phù hợp với trạng thái hiện tại';

const appointment: Readonly<Record<AppointmentFault, (firstDueAt: string) => string>> = {
  past: () => 'phải sau thời điểm hiện tại. Vui lòng chọn giờ, ngày sau đó',
  'not-later': (firstDueAt) =>
    `phải sau hạn theo quy định (${displayTime(firstDueAt)}). Trả kết quả đến hạn đó thì không cần hẹn; vui lòng chọn giờ, ngày sau hạn`,
  'too-far': () =>
    'cách ngày tiếp nhận hơn một năm. Vui lòng kiểm tra lại năm, hoặc trả lại hồ sơ và tiếp nhận lại sau',
  'day-off': () => 'rơi vào ngày nghỉ. Vui lòng chọn ngày làm việc',
};

/** Status and text of what dossiers are refused with. */
export const dossierRefusals: Rows = {
  TIME_FORMAT: {
    status: 422,
    title: INVALID,
    detail: ({ field }) =>
      `${fieldLabels[field]} phải gồm ngày và giờ. Vui lòng nhập ISO 8601, ví dụ 2026-05-07T09:30:00+07:00.`,
  },
  DOSSIER_CODE: {
    status: 422,
    title: INVALID,
    field: 'dossier',
    detail: () =>
      'Mã hồ sơ không thể chỉ là một hay hai dấu chấm. Vui lòng nhập mã ghi trên giấy tiếp nhận, ví dụ H03.26-0001.',
  },
  DOSSIER_RECEIVED_AT: {
    status: 422,
    title: INVALID,
    field: 'receivedAt',
    detail: ({ because }) =>
      because === 'future'
        ? 'Thời điểm tiếp nhận không được sau thời điểm hiện tại. Vui lòng kiểm tra lại giờ, ngày, hoặc để trống để lấy lúc này.'
        : 'Thời điểm tiếp nhận cách đây hơn một năm. Vui lòng kiểm tra lại năm.',
  },
  DOSSIER_NOT_FOUND: {
    status: 404,
    title: 'Không tìm thấy',
    detail: ({ dossier }) =>
      `Hồ sơ ${dossier} chưa được tiếp nhận tại cơ quan này. Vui lòng kiểm tra lại Mã hồ sơ, hoặc tiếp nhận hồ sơ.`,
  },
  DOSSIER_EXISTS: {
    status: 409,
    title: NOT_NOW,
    field: 'dossier',
    detail: ({ stands: { dossier, receivedAt, documents, requester } }) =>
      `Hồ sơ ${dossier} đã được tiếp nhận lúc ${displayTime(receivedAt)} với nội dung khác: ${documents} giấy tờ, người yêu cầu ${requester ?? 'không ghi'}. Vui lòng dùng hồ sơ đã tiếp nhận, hoặc ghi Mã hồ sơ khác.`,
    more: ({ stands }) => ({ current: shownDossier(stands) }),
  },
  DOSSIER_RETURNED: {
    status: 409,
    title: NOT_NOW,
    detail: ({ dossier }) =>
      `Hồ sơ ${dossier} đã trả lại, không thể thay đổi. Người yêu cầu nộp lại thì vui lòng tiếp nhận với Mã hồ sơ khác.`,
  },
  APPOINTMENT_TIME: {
    status: 422,
    title: INVALID,
    field: 'dueAt',
    detail: ({ because, firstDueAt }) => `Giờ, ngày hẹn trả ${appointment[because](firstDueAt)}.`,
  },
  APPOINTMENT_AGREEMENT: {
    status: 422,
    title: INVALID,
    field: 'agreedInWriting',
    detail: ({ latest }) =>
      `Hẹn trả sau ngày ${displayDate(latest)} là kéo dài quá 2 ngày làm việc, phải có thỏa thuận bằng văn bản với người yêu cầu (NĐ 23/2015 Điều 21). Vui lòng hẹn đến hết ngày đó, hoặc xác nhận đã có thỏa thuận.`,
  },
};
