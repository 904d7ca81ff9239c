/** What people read about dossiers: a part of `labels.ts`. */
export const dossierFieldLabels = {
  documents: 'Số giấy tờ (bản chính)',
  receivedAt: 'Thời điểm tiếp nhận',
  dueAt: 'Hạn trả kết quả',
  firstDueAt: 'Hạn theo quy định',
  calendarKnown: 'Lịch nghỉ của năm đã công bố',
  appointmentReason: 'Lý do hẹn trả',
  agreedInWriting: 'Có thỏa thuận bằng văn bản với người yêu cầu',
  returnReason: 'Lý do trả lại hồ sơ',
} as const;

export const dossierEventLabels = {
  DossierReceived: 'Tiếp nhận hồ sơ',
  DossierExtended: 'Hẹn trả kết quả',
  DossierReturned: 'Trả lại hồ sơ không chứng thực',
} as const;

/** Of a dossier as its own events tell of it. */
export const dossierStateLabels = {
  received: 'Đã tiếp nhận',
  returned: 'Đã trả lại',
} as const;

/** How a dossier stands at a moment, its numbers known. */
export const dossierStatusLabels = {
  waiting: 'Chưa đến hạn',
  'due-today': 'Đến hạn hôm nay',
  overdue: 'Quá hạn',
  done: 'Đã xong đúng hạn',
  'done-late': 'Đã xong trễ hạn',
  returned: 'Đã trả lại',
} as const;
