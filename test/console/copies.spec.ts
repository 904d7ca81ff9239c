import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { drawSeal, drawSignature } from '../../apps/demo/draw-specimens.ts';
import { picture as file } from '../support/office.ts';
import { scan } from '../support/scans.ts';
import { signPdf } from '../support/sign-pdf.ts';
import {
  AGENCY,
  hasChromium,
  isTooWide,
  openConsole,
  picture,
  seriousFaults,
  type Console,
  nameAgency,
  openedBook,
} from './console.ts';

const withBrowser = hasChromium ? describe : describe.skip;
const SCAN = { name: 'ban-chinh.pdf', mimeType: 'application/pdf' };

withBrowser('electronic copies, in a browser', () => {
  let console: Console;
  let page: Page;
  let path: string;
  let stamped: Buffer;

  beforeAll(async () => {
    console = await openConsole();
    await nameAgency(console);
    const certifier = await console.as('certifier', 'an.nguyen');
    const [fullName, title] = ['Nguyễn Văn An', 'Phó Chủ tịch UBND'];
    const ink = file(await drawSignature({ fullName, title }));
    const signer = { signerFullName: fullName, signerTitle: title, isDefault: true };
    await certifier.registerSignature(
      { agency: AGENCY },
      { name: 'Chữ ký', ...signer, image: ink },
    );
    const clerk = await console.as('clerk');
    const seal = file(await drawSeal({ agency: 'ỦY BAN NHÂN DÂN', place: 'XÃ THƯỢNG MINH' }));
    await clerk.registerSeal({ agency: AGENCY }, { name: 'Con dấu', isDefault: true, image: seal });
    const { officer, bookId, ...opened } = await openedBook(console);
    for (const document of [1, 2])
      await officer.assignEntryNumber(
        { agency: AGENCY, bookId },
        {
          ...{ dossier: 'H03.24-240510-0001', document, requester: 'Lê Thị Cúc', copies: 1 },
          ...{ documentTitle: 'Bằng tốt nghiệp đại học', fee: 2000 },
          ...{ signature: { account: 'an.nguyen' }, seal: {} },
        },
      );
    path = opened.path;
  }, 120_000);
  afterAll(() => console.dispose());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const choose = (buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ ...SCAN, buffer });

  it('are stamped at their number, and saved', async () => {
    page = await console.enter('receiving-officer', `${path}?so=1`);
    await page.getByText('Chưa đóng dấu tệp nào.').waitFor();
    await button('Đóng dấu').click();
    await button('Đóng dấu').click();
    await page.getByText('Vui lòng chọn Tệp quét bản chính').waitFor();
    await choose(scan({ pages: 2 }));
    await page.getByText('Vui lòng chọn Tệp quét bản chính').waitFor({ state: 'detached' });
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'dong-dau');
    await choose(Buffer.from('no PDF'));
    await button('Đóng dấu').click();
    await page.getByText('Tệp phải là PDF').waitFor();
    await choose(scan({ pages: 2 }));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button('Đóng dấu').click(),
    ]);
    stamped = await readFile(await download.path());
    expect(download.suggestedFilename()).toBe('ban-sao-1.pdf');
    expect(stamped.subarray(0, scan({ pages: 2 }).length).equals(scan({ pages: 2 }))).toBe(true);
    await page.getByText('Chờ ký số', { exact: true }).waitFor();
    await button('Đóng dấu lại').waitFor();
  });

  it('are listed until they are signed', async () => {
    await page.goto(`${console.url}/hoso/cho-ky-so`);
    const row = page.getByRole('row').filter({ hasText: '001/ĐT' });
    await row.waitFor();
    expect(await row.innerText()).toMatch(
      /Nguyễn Văn An[\s\S]*2[\s\S]*Trần Thị Bình[\s\S]*Chờ ký số/,
    );
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await picture(page, 'cho-ky-so');
  });

  it('are recorded as signed by who signs, with the names in their certificates', async () => {
    page = await console.enter('certifier', '/hoso/cho-ky-so');
    await page.getByRole('link', { name: '001/ĐT' }).click();
    await button('Ghi nhận tệp đã ký').click();
    await choose(stamped);
    await button('Ghi nhận tệp đã ký').click();
    await page.getByText('Tệp PDF chưa có chữ ký số nào').waitFor();
    await choose(await signPdf(stamped));
    await button('Ghi nhận tệp đã ký').click();
    await page.getByText('Đã ghi nhận tệp ký số của số 001/ĐT.').waitFor();
    await page.getByText('Đã ký số', { exact: true }).waitFor();
    await page.goto(`${console.url}/hoso/cho-ky-so`);
    await page.getByText('Không có bản sao điện tử nào.').waitFor();
    expect(console.complaints).toEqual([]);
  });
});
