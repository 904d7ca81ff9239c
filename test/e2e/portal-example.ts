import { readFile } from 'node:fs/promises';
import { createPortalClient, PortalProblem, PortalUnreachable } from '#client';

const { API: baseUrl = 'http://127.0.0.1:3000', TOKEN: token = '', PICTURE = '' } = process.env;
const { CERTIFIER = '' } = process.env;

// The token may also be a function that gets a fresh one; it is asked once for every call.
const portal = createPortalClient({ baseUrl, token, retry: { attempts: 6 } });
const agency = 'BK-002';
const year = new Date().getFullYear();

// Thêm Quyển sổ: the form's defaults, then the command.
const next = await portal.nextBook({ agency, type: 'SCTDT.BS', year });
const { name, firstNumber, closesOn } = next.data;
const body = { name, firstNumber, openedOn: `${year}-01-01`, closesOn };
const opened = await portal.openBook({ agency }, body);
const book = { agency, bookId: opened.data.book.bookId };

// Cấp số. The key is kept with the dossier, so that a restart of the portal asks for the same thing.
const paper = {
  dossier: 'H03.24-0001',
  document: 1,
  requester: 'Lê Thị Cúc',
  documentTitle: 'Bằng tốt nghiệp đại học',
  certifierFullName: 'Nguyễn Văn An',
  certifierTitle: 'Phó Chủ tịch UBND',
  copies: 2,
  fee: 20000,
};
const assigned = await portal.assignEntryNumber(book, paper, { key: 'H03.24-0001/1' });
console.log(assigned.status, assigned.data.entry.citation);

// Read your own write: the list waits until it shows the number.
const { position: readAfter } = assigned;
const list = await portal.listEntries(book, { search: 'le thi cuc' }, { readAfter });
console.log(list.data.summary);

// Change only what was seen; somebody else's change in between is a 412 that shows what is there now.
const { etag: ifMatch } = await portal.getBook(book);
const change = { closesOn: `${year}-12-30`, reason: 'Nghỉ cuối năm' };
const edit = () => portal.editBook(book, change, { ifMatch });
await edit();
try {
  await edit();
} catch (error) {
  // PortalUnreachable: nobody knows whether it was done; ask again later with error.sent.idempotencyKey.
  if (error instanceof PortalUnreachable || !(error instanceof PortalProblem)) throw error;
  console.log(error.status, error.code, error.detail);
}

// A picture is a File or Blob; the client makes the form.
const certifier = createPortalClient({ baseUrl, token: CERTIFIER });
const image = new File([new Uint8Array(await readFile(PICTURE))], 'chu-ky.png');
const signer = { signerFullName: 'Nguyễn Văn An', signerTitle: 'Phó Chủ tịch UBND' };
const form = { name: 'Chữ ký lãnh đạo', ...signer, image };
const signature = await certifier.registerSignature({ agency }, form);
console.log(signature.data.name, signature.data.warnings.length);
