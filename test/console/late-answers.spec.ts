import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { drawSignature } from '../../apps/demo/draw-specimens.ts';
import { AGENCY, hasChromium, hold, openConsole, type Console, openedBook } from './console.ts';
import { paper, picture as file } from '../support/office.ts';

const withBrowser = hasChromium ? describe : describe.skip;

withBrowser('answers that come late, in a browser', () => {
  let console: Console;
  let page: Page;
  let path: string;

  beforeAll(async () => {
    console = await openConsole();
    const certifier = await console.as('certifier', 'an.nguyen');
    const signer = { signerFullName: 'Nguyễn Văn An', signerTitle: 'Phó Chủ tịch UBND' };
    const image = await drawSignature({ fullName: signer.signerFullName, title: 'KT. CHỦ TỊCH' });
    const signed = await certifier.registerSignature(
      { agency: AGENCY },
      { name: 'Chữ ký', ...signer, isDefault: true, image: file(image) },
    );
    await certifier.listSignatures({ agency: AGENCY }, {}, { readAfter: signed.position });
    const { officer, bookId, ...opened } = await openedBook(console);
    path = opened.path;
    const documents = Array.from({ length: 50 }, (_one, at) => paper({ document: at + 1 }));
    for (const dossier of ['H03-0001', 'H03-0002', 'H03-0003', 'H03-0004', 'H03-0005']) {
      const given = documents.map((document) => ({ ...document, dossier }));
      const { position } = await officer.assignEntryNumbers(
        { agency: AGENCY, bookId },
        { documents: given },
      );
      await officer.listEntries({ agency: AGENCY, bookId }, {}, { readAfter: position });
    }
  }, 120_000);
  afterAll(() => console.dispose());

  const button = (name: string | RegExp) => page.getByRole('button', { name });

  it('leave alone the window that is open by then, and what is typed in it', async () => {
    page = await console.enter('receiving-officer', `${path}?so=248&viec=dinh-chinh`);
    await page.getByLabel('Họ tên người yêu cầu').fill('Lê Thị Cúc Hoa');
    await page.getByLabel('Lý do').fill('Ghi sai họ tên');
    const answer = await hold(page, '**/entries/248/correct');
    await button('Đính chính').last().click();
    await page.locator('form[aria-busy=true]').waitFor();
    await page.keyboard.press('Escape');
    await button('Rời đi, bỏ nội dung đang nhập').click();
    await page.getByLabel('Lý do').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await button('250/ĐT').click();
    await button('Đính chính').click();
    await page.getByLabel('Lý do').fill('Của số khác');
    answer();
    // What was sent is done, and said.
    await page.getByText('Đã đính chính số 248/ĐT.').waitFor();
    expect(new URL(page.url()).search).toBe('?so=250&viec=dinh-chinh');
    expect(await page.getByLabel('Lý do').inputValue()).toBe('Của số khác');
    await page.context().close();
  }, 60_000);

  const fillDossier = async (dossier: string): Promise<void> => {
    await page.getByLabel('Mã hồ sơ').fill(dossier);
    await page.getByLabel('Họ tên người yêu cầu').fill('Phạm Văn Dũng');
    await page.getByLabel('Tên bản chính').fill('Sổ hộ khẩu');
    await page.getByLabel('Lệ phí/Phí').fill('2000');
  };

  it('of lists keep nobody from the next dossier', async () => {
    page = await console.enter('receiving-officer', `${path}?capso=true`);
    await fillDossier('H03-0006');
    const lists = await hold(page, '**/entries?*');
    await page.keyboard.press('Control+Enter');
    await button('Hồ sơ khác').click();
    await page.getByLabel('Mã hồ sơ').fill('H03-0007');
    lists();
    await page.context().close();
  }, 60_000);

  it('gave no browser anything to complain of', () => expect(console.complaints).toEqual([]));
});
