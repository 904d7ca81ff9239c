import { issueDevToken, type Role } from '#access';
import type { Config } from '#config';
import { call, type Answer, type Call } from './caller.ts';
import { drawSeal, drawSignature } from './draw-specimens.ts';
import {
  bookScreen,
  entryScreen,
  historyScreen,
  specimenScreen,
  type Book,
  type Entry,
  type HistoryLine,
  type Specimen,
} from './screens.ts';

const AGENCY = 'BK-001';
const SIGNER = { fullName: 'Nguyễn Văn An', title: 'Phó Chủ tịch UBND' };
const HOME = `/v1/agencies/${AGENCY}`;

const people = {
  officer: { account: 'binh.tran', name: 'Trần Thị Bình', role: 'receiving-officer' },
  certifier: { account: 'an.nguyen', name: SIGNER.fullName, role: 'certifier' },
  clerk: { account: 'thu.hoang', name: 'Hoàng Văn Thư', role: 'clerk' },
  auditor: { account: 'kiem.le', name: 'Lê Thị Kiểm', role: 'auditor' },
} as const satisfies Record<string, { account: string; name: string; role: Role }>;
type Person = keyof typeof people;

/** Does something as one of the people of the guide. */
type Act = (person: Person, asked: Omit<Call, 'token'>) => Promise<Answer>;

async function actors(url: string, config: Config): Promise<Act> {
  const tokens = new Map<Person, string>();
  for (const [person, { account, name, role }] of Object.entries(people)) {
    const token = await issueDevToken(config.DATA_DIR, {
      account,
      name,
      roles: [role],
      agencies: [AGENCY],
      audience: config.OIDC_AUDIENCE,
      lifetime: 600,
    });
    tokens.set(person as Person, token);
  }
  return (person, asked) => call(url, { ...asked, token: tokens.get(person) ?? '' });
}

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Plays the guide against a service: book, numbers, signature, seal, closing; prints its screens. */
export async function playGuide(url: string, config: Config): Promise<void> {
  const act = await actors(url, config);
  const book = await openAndEdit(act);
  await assignNumbers(act, book);
  await registerPictures(act);
  const last = await finish(act, book);
  await printLists(act, book, last);
}

/** Chapter 1: Thêm Quyển sổ chứng thực → Cập nhật, then ✎. */
async function openAndEdit(act: Act): Promise<string> {
  const json = { name: '01/2024', firstNumber: 1, openedOn: '2024-05-10', closesOn: '2024-05-10' };
  const { body } = await act('officer', { method: 'POST', path: `${HOME}/books`, json });
  const { bookId, name } = (body as { book: { bookId: string; name: string } }).book;
  print(`1. Mở sổ ${name} (${bookId})`);
  const path = `${HOME}/books/${bookId}`;
  const extended = { closesOn: '2024-12-31', reason: 'Dùng sổ đến hết năm' };
  await act('officer', { method: 'PATCH', path, json: extended });
  await act('officer', {
    method: 'PATCH',
    path,
    json: { closesOn: '2024-05-10', reason: 'Theo hướng dẫn' },
  });
  print('   Sửa Ngày đóng sổ hai lần, rồi trở về 10/05/2024');
  return path;
}

const papers = ['Bằng tốt nghiệp đại học', 'Giấy khai sinh', 'Căn cước công dân'];

async function assign(act: Act, book: string, json: object): Promise<Answer> {
  const common = { requester: 'Lê Thị Cúc', copies: 2, fee: 20000, ...json };
  const answer = await act('officer', { method: 'POST', path: `${book}/entries`, json: common });
  const { citation } = (answer.body as { entry: { citation: string } }).entry;
  print(`   ${answer.status === 201 ? 'Cấp số mới' : 'Trả lại số đã cấp'} · ${citation}`);
  return answer;
}

/** Three documents of one dossier are three numbers; the third is asked for twice. */
async function assignNumbers(act: Act, book: string): Promise<void> {
  print('2. Cấp số cho ba giấy tờ của một hồ sơ; giấy tờ thứ ba được hỏi hai lần');
  const signer = { certifierFullName: SIGNER.fullName, certifierTitle: SIGNER.title };
  for (const document of [1, 2, 3, 3]) {
    const documentTitle = papers[document - 1];
    await assign(act, book, { dossier: 'H03.24-240510-0001', document, documentTitle, ...signer });
  }
}

function form(fields: Record<string, string>, image: Buffer, fileName: string): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  data.set('image', new Blob([new Uint8Array(image)]), fileName);
  return data;
}

async function upload(act: Act, person: Person, path: string, data: FormData): Promise<void> {
  const { body } = await act(person, { method: 'POST', path, form: data });
  const { name, version, warnings } = body as {
    name: string;
    version: number;
    warnings: { detail: string }[];
  };
  print(`   ${name}, phiên bản ${version}`);
  for (const { detail } of warnings) print(`   Lưu ý: ${detail}`);
}

/** Chapters 2 and 3: the certifier's signature, then the clerk's seal. */
async function registerPictures(act: Act): Promise<void> {
  print('3. Chữ ký của người ký, con dấu của cơ quan');
  const signature = await drawSignature({ fullName: SIGNER.fullName, title: SIGNER.title });
  const seal = await drawSeal({ agency: 'UBND XÃ THƯỢNG MINH', place: 'H. BA BỂ - T. BẮC KẠN' });
  const scan = await drawSeal({
    agency: 'UBND XÃ THƯỢNG MINH',
    place: 'H. BA BỂ - T. BẮC KẠN',
    format: 'jpeg',
  });
  const signer = { signerFullName: SIGNER.fullName, signerTitle: SIGNER.title };
  const named = { name: 'Chữ ký lãnh đạo', ...signer, authority: 'KT.' };
  await upload(act, 'certifier', `${HOME}/signatures`, form(named, signature, 'chu-ky.png'));
  const seals = `${HOME}/seals`;
  await upload(act, 'clerk', seals, form({ name: 'Con dấu cơ quan' }, seal, 'con-dau.png'));
  await upload(act, 'clerk', seals, form({ name: 'Con dấu (bản quét)' }, scan, 'con-dau.jpg'));
}

/** A number with signature and seal, a correction, a voided number, and khóa sổ. */
async function finish(act: Act, book: string): Promise<string | null> {
  print('4. Cấp số với chữ ký và con dấu, đính chính, hủy số, khóa sổ');
  const signature = { account: people.certifier.account };
  const named = { dossier: 'H03.24-240510-0002', document: 1, documentTitle: 'Sổ hộ khẩu' };
  await assign(act, book, { ...named, requester: 'Phạm Văn Dũng', signature, seal: {} });
  const entries = `${book}/entries`;
  const correction = { documentTitle: 'Giấy khai sinh (bản sao)', reason: 'Ghi thiếu' };
  await act('officer', { method: 'POST', path: `${entries}/2/correct`, json: correction });
  const voiding = { reason: 'Người yêu cầu rút hồ sơ' };
  await act('officer', { method: 'POST', path: `${entries}/3/void`, json: voiding });
  const confirmed = { confirmedByFullName: SIGNER.fullName, confirmedByTitle: SIGNER.title };
  const closed = await act('officer', { method: 'POST', path: `${book}/close`, json: confirmed });
  return closed.position;
}

async function printLists(act: Act, book: string, readAfter: string | null): Promise<void> {
  const list = async <T>(path: string): Promise<T> =>
    (await act('auditor', { method: 'GET', path, readAfter })).body as T;
  type List<T> = { items: T[]; summary: string };
  print(bookScreen(await list<List<Book>>(`${HOME}/books`)));
  print(entryScreen(await list<List<Entry>>(`${book}/entries`)));
  const signatures = await list<List<Specimen>>(`${HOME}/signatures`);
  print(specimenScreen('Danh sách chữ ký', 'Tên chữ ký', signatures));
  const seals = await list<List<Specimen>>(`${HOME}/seals`);
  print(specimenScreen('Danh sách con dấu', 'Tên con dấu', seals));
  print(historyScreen(await list<List<HistoryLine>>(`${book}/history?limit=100`)));
}
