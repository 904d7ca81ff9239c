import { readFile } from 'node:fs/promises';
import { after, createPortalClient, held, PortalProblem, PortalUnreachable } from '#client';

const { API: baseUrl = 'http://127.0.0.1:3000', TOKEN: token = '', PICTURE = '' } = process.env;
const { CERTIFIER = '' } = process.env;

// The token may also be a function that gets a fresh one; it is asked once for every call.
const portal = createPortalClient({ baseUrl, token, retry: { attempts: 6 } });
const agency = 'BK-002';
const year = String(new Date().getFullYear());

// Thêm Quyển sổ: the form's defaults, then the command.
const next = await portal.get('/v1/agencies/{agency}/books/next/{type}/{year}', {
  params: { path: { agency, type: 'SCTDT.BS', year } },
});
const { name, firstNumber, closesOn } = next.data;
const opened = await portal.post('/v1/agencies/{agency}/books', {
  params: { path: { agency } },
  body: { name, firstNumber, openedOn: `${year}-01-01`, closesOn },
});
const book = { agency, bookId: opened.data.book.bookId };

// Cấp số. The key is kept with the dossier, so that a restart of the portal asks for the same thing.
const assigned = await portal.post('/v1/agencies/{agency}/books/{bookId}/entries', {
  params: { path: book, header: { 'Idempotency-Key': 'H03.24-0001/1' } },
  body: {
    dossier: 'H03.24-0001',
    document: 1,
    requester: 'Lê Thị Cúc',
    documentTitle: 'Bằng tốt nghiệp đại học',
    certifierFullName: 'Nguyễn Văn An',
    certifierTitle: 'Phó Chủ tịch UBND',
    copies: 2,
    fee: 20000,
  },
});
console.log(assigned.status, assigned.data.entry.citation);

// Read your own write: the list waits until it shows the number.
const list = await portal.get('/v1/agencies/{agency}/books/{bookId}/entries', {
  params: { path: book, query: { search: 'le thi cuc' }, header: after(assigned) },
});
console.log(list.data.summary);

// Change only what was seen; somebody else's change in between is a 412 that shows what is there now.
const seen = await portal.get('/v1/agencies/{agency}/books/{bookId}', { params: { path: book } });
const edit = () =>
  portal.patch('/v1/agencies/{agency}/books/{bookId}', {
    params: { path: book, header: held(seen) },
    body: { closesOn: `${year}-12-30`, reason: 'Nghỉ cuối năm' },
  });
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
const signature = await certifier.post('/v1/agencies/{agency}/signatures', {
  params: { path: { agency } },
  body: {
    name: 'Chữ ký lãnh đạo',
    signerFullName: 'Nguyễn Văn An',
    signerTitle: 'Phó Chủ tịch UBND',
    image: new File([new Uint8Array(await readFile(PICTURE))], 'chu-ky.png'),
  },
});
console.log(signature.data.name, signature.data.warnings.length);
