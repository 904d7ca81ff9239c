import {
  decideRegister,
  evolveRegister,
  newRegister,
  type AssignEntryNumber,
  type CalendarDate,
  type CloseBook,
  type ConfirmProposal,
  type CorrectEntry,
  type EditBook,
  type EndProposal,
  type OpenBook,
  type PauseNumbering,
  type ProposeClosing,
  type ProposeCorrection,
  type RegisterCommand,
  type ResumeNumbering,
  type RevokeCertification,
  type SignCopy,
  type StampCopy,
} from '#domain';
import { specFor } from './given.ts';

/** The guide's register and day, and commands as its screens would send them. */
export const day = (text: string): CalendarDate => text as CalendarDate;
export const register = { agency: 'BK-001', type: 'SCTDT.BS', year: 2024 };

export const registerSpec = specFor({
  initial: newRegister,
  evolve: evolveRegister,
  decide: (state, command: RegisterCommand) => decideRegister(state, command),
});

export const openBook = (given: Partial<OpenBook> = {}): OpenBook => ({
  type: 'OpenBook',
  register,
  bookId: 'book-1',
  name: '01/2024',
  firstNumber: 1,
  openedOn: '2024-05-10',
  closesOn: '2024-05-10',
  reason: '',
  ...given,
});

export const editBook = (given: Partial<EditBook>): EditBook => ({
  type: 'EditBook',
  register,
  bookId: 'book-1',
  reason: '',
  ...given,
});

export const assign = (given: Partial<AssignEntryNumber> = {}): AssignEntryNumber => ({
  type: 'AssignEntryNumber',
  register,
  bookId: 'book-1',
  dossier: 'H03-0001',
  document: 1,
  requester: 'Lê Thị Cúc',
  documentTitle: 'Bằng tốt nghiệp đại học',
  certifierFullName: 'Nguyễn Văn An',
  certifierTitle: 'Phó Chủ tịch UBND',
  authority: null,
  copies: 2,
  fee: 20000,
  note: '',
  signature: null,
  seal: null,
  verificationCode: '01AV-9QXT-2B4C-WZ10',
  today: day('2024-05-10'),
  ...given,
});

export const closeBook = (given: Partial<CloseBook> = {}): CloseBook => ({
  type: 'CloseBook',
  bookId: 'book-1',
  confirmedByFullName: 'Nguyễn Văn An',
  confirmedByAuthority: null,
  confirmedByTitle: 'Phó Chủ tịch UBND',
  today: day('2024-05-10'),
  ...given,
});

export const correct = (given: Partial<CorrectEntry> = {}): CorrectEntry => ({
  type: 'CorrectEntry',
  register,
  bookId: 'book-1',
  number: 1,
  reason: 'Ghi sai',
  today: day('2024-05-10'),
  ...given,
});

export const BINH = { account: 'binh.tran', name: 'Trần Thị Bình' };
export const ANH = { account: 'anh.le', name: 'Lê Văn Anh' };

export const proposeClosing = (given: Partial<ProposeClosing> = {}): ProposeClosing => ({
  ...closeBook(),
  type: 'ProposeClosing',
  proposalId: 'closing-1',
  by: BINH,
  ...given,
});

export const proposeCorrection = (given: Partial<ProposeCorrection> = {}): ProposeCorrection => ({
  ...correct(),
  type: 'ProposeCorrection',
  proposalId: '1-1',
  by: BINH,
  requester: 'Lê Thị Cúc Hoa',
  ...given,
});

/** By another account, of the correction of number 1 unless told otherwise. */
export const confirm = (given: Partial<ConfirmProposal> = {}): ConfirmProposal => ({
  type: 'ConfirmProposal',
  register,
  proposalId: '1-1',
  bookId: 'book-1',
  number: 1,
  by: ANH,
  today: day('2024-05-10'),
  ...given,
});

export const endProposal = (given: Partial<EndProposal> = {}): EndProposal => ({
  type: 'RefuseProposal',
  proposalId: '1-1',
  bookId: 'book-1',
  number: 1,
  by: ANH,
  reason: 'Chưa đủ căn cứ',
  ...given,
});

export const revoke = (given: Partial<RevokeCertification> = {}): RevokeCertification => ({
  type: 'RevokeCertification',
  bookId: 'book-1',
  number: 1,
  decisionNumber: '12/QĐ-UBND',
  decisionDate: '2024-05-10',
  reason: 'Bản chính giả mạo',
  today: day('2024-05-10'),
  ...given,
});

const stampedHash = 'c'.repeat(64);

/** Of number 1, as `assign` gives it. */
export const stamp = (given: Partial<StampCopy> = {}): StampCopy => ({
  type: 'StampCopy',
  register,
  bookId: 'book-1',
  number: 1,
  facts: {
    numberText: '001/ĐT',
    bookName: '01/2024-SCTĐT/BS',
    certifiedOn: '2024-05-10',
    certifierFullName: 'Nguyễn Văn An',
    certifierTitle: 'Phó Chủ tịch UBND',
    authority: null,
  },
  file: {
    sourceSha256: 'b'.repeat(64),
    place: 'bottom-right',
    layout: 1,
    sha256: stampedHash,
    bytes: 184_320,
    pages: 2,
  },
  ...given,
});

/** Of the file that `stamp` made. */
export const sign = (given: Partial<SignCopy> = {}): SignCopy => ({
  type: 'SignCopy',
  bookId: 'book-1',
  number: 1,
  file: { sha256: 'd'.repeat(64), bytes: 201_728, signers: ['Nguyễn Văn An'] },
  beginsWith: [stampedHash],
  ...given,
});

export const voidNumber = (given: { number?: number; reason?: string } = {}) =>
  ({
    type: 'VoidEntryNumber',
    bookId: 'book-1',
    number: 1,
    reason: 'Hồ sơ không đủ',
    ...given,
  }) as const;

export const pause = (given: Partial<PauseNumbering> = {}): PauseNumbering => ({
  type: 'PauseNumbering',
  reason: 'Phục hồi từ bản sao lưu',
  knownLast: null,
  ...given,
});

export const resume = (given: Partial<ResumeNumbering> = {}): ResumeNumbering => ({
  type: 'ResumeNumbering',
  lastGiven: 1,
  reason: 'Đối chiếu sổ in',
  ...given,
});

export const discard = (given: { bookId?: string; reason?: string } = {}) =>
  ({ type: 'DiscardBook', bookId: 'book-1', reason: 'Mở nhầm', ...given }) as const;
