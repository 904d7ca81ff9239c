import { issueDevToken, type Role } from '#access';
import {
  createPortalClient,
  type Answer,
  type AssignEntryDto,
  type BookAnswer,
  type PortalClient,
  type SpecimenAnswer,
} from '#client';
import type { Config } from '#config';
import { drawSeal, drawSignature } from './draw-specimens.ts';
import { bookScreen, entryScreen, historyScreen, specimenScreen } from './screens.ts';

/** As apps/ops/samples/directory-2025.csv has it. */
const COMMUNE = {
  code: '19.01921',
  name: 'UBND xã Thượng Minh, tỉnh Thái Nguyên',
  level: 'commune',
  statisticalCode: '01921',
} as const;
const AGENCY = COMMUNE.code;
const SIGNER = { fullName: 'Nguyễn Văn An', title: 'Phó Chủ tịch UBND' };

const people = {
  officer: { account: 'binh.tran', name: 'Trần Thị Bình', role: 'receiving-officer' },
  certifier: { account: 'an.nguyen', name: SIGNER.fullName, role: 'certifier' },
  clerk: { account: 'thu.hoang', name: 'Hoàng Văn Thư', role: 'clerk' },
  operator: { account: 'tri.pham', name: 'Phạm Quản Trị', role: 'operator' },
  auditor: { account: 'kiem.le', name: 'Lê Thị Kiểm', role: 'auditor' },
} as const satisfies Record<string, { account: string; name: string; role: Role }>;
type Person = keyof typeof people;

/** The people of the guide, each with the portal's client and a token of his own. */
type People = Readonly<Record<Person, PortalClient>>;

async function actors(url: string, config: Config): Promise<People> {
  const clients = Object.entries(people).map(async ([person, { account, name, role }]) => {
    const token = await issueDevToken(config.DATA_DIR, {
      account,
      name,
      roles: [role],
      agencies: [AGENCY],
      audience: config.OIDC_AUDIENCE,
      lifetime: 600,
    });
    return [person, createPortalClient({ baseUrl: url, token })] as const;
  });
  return Object.fromEntries(await Promise.all(clients)) as People;
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Plays the guide against a service: book, numbers, signature, seal, closing; prints its screens. */
export async function playGuide(url: string, config: Config): Promise<void> {
  const act = await actors(url, config);
  await act.operator.registerAgency(COMMUNE);
  print(`${COMMUNE.name} (${COMMUNE.code}, mã thống kê ${COMMUNE.statisticalCode})`);
  const book = await openAndEdit(act);
  await assignNumbers(act, book);
  await registerPictures(act);
  const last = await finish(act, book);
  await printLists(act, book, last);
}

const home = { agency: AGENCY };
type BookPath = { readonly agency: string; readonly bookId: string };

/** Chapter 1: Thêm Quyển sổ chứng thực → Cập nhật, then ✎. */
async function openAndEdit({ officer }: People): Promise<BookPath> {
  const fields = { name: '01/2024', firstNumber: 1 };
  const body = { ...fields, openedOn: '2024-05-10', closesOn: '2024-05-10' };
  const { data } = await officer.openBook(home, body);
  const { bookId, name } = data.book;
  print(`1. Mở sổ ${name} (${bookId})`);
  const path = { ...home, bookId };
  const edits = [
    { closesOn: '2024-12-31', reason: 'Dùng sổ đến hết năm' },
    { closesOn: '2024-05-10', reason: 'Theo hướng dẫn' },
  ];
  for (const edit of edits) await officer.editBook(path, edit);
  print('   Sửa Ngày đóng sổ hai lần, rồi trở về 10/05/2024');
  return path;
}

const papers = ['Bằng tốt nghiệp đại học', 'Giấy khai sinh', 'Căn cước công dân'];
const usual = { requester: 'Lê Thị Cúc', copies: 2, fee: 20000 };

async function assign({ officer }: People, path: BookPath, body: AssignEntryDto): Promise<void> {
  const { status, data } = await officer.assignEntryNumber(path, body);
  print(`   ${status === 201 ? 'Cấp số mới' : 'Trả lại số đã cấp'} · ${data.entry.citation}`);
}

/** Three documents of one dossier are three numbers; the third is asked for twice. */
async function assignNumbers(act: People, book: BookPath): Promise<void> {
  print('2. Cấp số cho ba giấy tờ của một hồ sơ; giấy tờ thứ ba được hỏi hai lần');
  const signer = { certifierFullName: SIGNER.fullName, certifierTitle: SIGNER.title };
  for (const document of [1, 2, 3, 3]) {
    const named = { dossier: 'H03.24-240510-0001', document };
    const documentTitle = papers[document - 1] ?? '';
    await assign(act, book, { ...usual, ...named, documentTitle, ...signer });
  }
}

const file = (image: Buffer, name: string): File => new File([new Uint8Array(image)], name);

function printPicture({ name, version, warnings }: SpecimenAnswer): void {
  print(`   ${name}, phiên bản ${version}`);
  for (const { detail } of warnings) print(`   Lưu ý: ${detail}`);
}

/** Chapters 2 and 3: the certifier's signature, then the clerk's seal. */
async function registerPictures({ certifier, clerk }: People): Promise<void> {
  print('3. Chữ ký của người ký, con dấu của cơ quan');
  const ink = await drawSignature({ fullName: SIGNER.fullName, title: SIGNER.title });
  const signer = { signerFullName: SIGNER.fullName, signerTitle: SIGNER.title };
  const signature = { name: 'Chữ ký lãnh đạo', ...signer, authority: 'KT.' as const };
  const signed = { ...signature, image: file(ink, 'chu-ky.png') };
  printPicture((await certifier.registerSignature(home, signed)).data);
  const office = { agency: 'UBND XÃ THƯỢNG MINH', place: 'H. BA BỂ - T. BẮC KẠN' };
  const seals = [
    { name: 'Con dấu cơ quan', image: file(await drawSeal(office), 'con-dau.png') },
    {
      name: 'Con dấu (bản quét)',
      image: file(await drawSeal({ ...office, format: 'jpeg' }), 'con-dau.jpg'),
    },
  ];
  for (const body of seals) printPicture((await clerk.registerSeal(home, body)).data);
}

/** A number with signature and seal, a correction, a voided number, and khóa sổ. */
async function finish(act: People, path: BookPath): Promise<Answer<BookAnswer>> {
  print('4. Cấp số với chữ ký và con dấu, đính chính, hủy số, khóa sổ');
  const { officer } = act;
  const named = { dossier: 'H03.24-240510-0002', document: 1, documentTitle: 'Sổ hộ khẩu' };
  const pictures = { signature: { account: people.certifier.account }, seal: {} };
  await assign(act, path, { ...usual, ...named, requester: 'Phạm Văn Dũng', ...pictures });
  const entry = (number: number) => ({ ...path, number });
  const correction = { documentTitle: 'Giấy khai sinh (bản sao)', reason: 'Ghi thiếu' };
  await officer.correctEntry(entry(2), correction);
  const voiding = { reason: 'Người yêu cầu rút hồ sơ' };
  await officer.voidEntryNumber(entry(3), voiding);
  const body = { confirmedByFullName: SIGNER.fullName, confirmedByTitle: SIGNER.title };
  return officer.closeBook(path, body);
}

async function printLists(
  { auditor }: People,
  path: BookPath,
  last: Answer<BookAnswer>,
): Promise<void> {
  const seen = { readAfter: last.position };
  print(bookScreen((await auditor.listBooks(home, {}, seen)).data));
  print(entryScreen((await auditor.listEntries(path, {}, seen)).data));
  const signatures = (await auditor.listSignatures(home, {}, seen)).data;
  print(specimenScreen('Danh sách chữ ký', 'Tên chữ ký', signatures));
  const seals = (await auditor.listSeals(home, {}, seen)).data;
  print(specimenScreen('Danh sách con dấu', 'Tên con dấu', seals));
  print(historyScreen((await auditor.bookHistory(path, { limit: 100 }, seen)).data));
}
