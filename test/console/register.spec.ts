import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  AGENCY,
  hasChromium,
  hold,
  isTooWide,
  openConsole,
  picture,
  seriousFaults,
  type Console,
  nameAgency,
  openedBook,
} from './console.ts';
import { drawSignature } from '../../apps/demo/draw-specimens.ts';
import { until } from '../support/until.ts';
import { paper, picture as file } from '../support/office.ts';

const withBrowser = hasChromium ? describe : describe.skip;

withBrowser('the register of a book, in a browser', () => {
  let console: Console;
  let page: Page;
  let path: string;

  beforeAll(async () => {
    console = await openConsole();
    await nameAgency(console);
    const { officer, ...opened } = await openedBook(console);
    const certifier = await console.as('certifier', 'an.nguyen');
    const image = file(
      await drawSignature({ fullName: 'Nguyễn Văn An', title: 'Phó Chủ tịch UBND' }),
    );
    const signer = {
      signerFullName: 'Nguyễn Văn An',
      signerTitle: 'Phó Chủ tịch UBND',
      isDefault: true,
    };
    const signed = await certifier.registerSignature(
      { agency: AGENCY },
      { name: 'Chữ ký', ...signer, image },
    );
    await officer.listSignatures({ agency: AGENCY }, {}, { readAfter: signed.position });
    path = opened.path;
  }, 120_000);
  afterAll(() => console.dispose());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const keys = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  const type = (text: string) => page.keyboard.type(text);

  it('numbers a whole dossier by keyboard alone', async () => {
    page = await console.enter('receiving-officer', path);
    await button('Cấp số').focus();
    await keys('Enter');
    // The window takes the focus to its first field by itself.
    await page.locator('input[name=dossier]:focus').waitFor();
    await type('H03.24-240510-0001');
    await keys('Tab');
    await type('Lê Thị Cúc');
    await page.getByLabel('Tên bản chính').focus();
    await type('Bằng tốt nghiệp đại học');
    await keys('Tab');
    await page.keyboard.press('ControlOrMeta+A');
    await type('2');
    await keys('Tab');
    await type('2');
    await page.getByText('Theo biểu phí: 8.000').waitFor();
    await keys('Enter');
    await type('Giấy khai sinh');
    await keys('Tab', 'Tab');
    await type('1');
    await keys('Tab');
    await type('2000');
    await keys('Enter');
    await type('Căn cước công dân');
    await keys('Tab', 'Tab', 'Tab');
    await type('2.000');
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'cap-so');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Số chứng thực: 003/ĐT; quyển số: 01/2024-SCTĐT/BS').waitFor();
    await picture(page, 'cap-so-xong');
    await keys('Escape');
    await page.getByRole('button', { name: '003/ĐT' }).waitFor();
    const first = page.getByRole('row').filter({ hasText: '001/ĐT' });
    expect(await first.innerText()).toMatch(
      /Lê Thị Cúc[\s\S]*Bằng tốt nghiệp đại học[\s\S]*8\.000/,
    );
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'so-dang-ky');
  }, 60_000);

  it('offers who asked before, and says of each document why it has no number', async () => {
    await button('Cấp số').click();
    const list = await page.getByLabel('Họ tên người yêu cầu').getAttribute('list');
    expect(await page.locator(`[id="${list}"] option`).first().getAttribute('value')).toBe(
      'Lê Thị Cúc',
    );
    await page.getByLabel('Mã hồ sơ').fill('H03.24-240510-0001');
    await page.getByLabel('Họ tên người yêu cầu').fill('Người khác');
    await page.getByLabel('Tên bản chính').fill('Bằng lái xe');
    await button('Cấp số').last().click();
    await page.getByText('Vui lòng nhập Lệ phí/Phí (đồng).').waitFor();
    await page.getByLabel('Lệ phí/Phí').fill('2000');
    await page.keyboard.press('Control+Enter');
    // The document has a number already, with another content.
    await page.getByRole('alert').filter({ hasText: '001/ĐT' }).waitFor();
    await keys('Escape');
    await button('Rời đi, bỏ nội dung đang nhập').click();
  });

  it('corrects, with the earlier value told; voids and revokes after saying what will happen', async () => {
    await button('001/ĐT').click();
    await button('Đính chính').click();
    await page.getByLabel('Họ tên người yêu cầu').fill('Lê Thị Cúc Hoa');
    await button('Đính chính').last().click();
    await page.getByText('Vui lòng nhập Lý do.').waitFor();
    await page.getByLabel('Lý do').fill('Ghi sai họ tên');
    await button('Đính chính').last().click();
    await page
      .getByText(/Lê Thị Cúc → Lê Thị Cúc Hoa/)
      .first()
      .waitFor();
    await keys('Escape');
    await button('002/ĐT').click();
    await button('Hủy số').click();
    await page.getByText('không bao giờ được cấp lại').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'huy-so');
    await page.getByLabel('Lý do').fill('Người yêu cầu rút hồ sơ');
    await button('Hủy số').last().click();
    await page.getByText('Đã hủy số 002/ĐT.').waitFor();
    await page.context().close();
    page = await console.enter('certifier', `${path}?so=3`);
    await button('Hủy giá trị pháp lý').click();
    await page.getByText('sẽ không còn giá trị pháp lý').waitFor();
    await page.getByLabel('Số quyết định').fill('12/QĐ-UBND');
    await page.getByLabel('Lý do').fill('Bản chính giả mạo');
    await button('Hủy giá trị pháp lý').last().click();
    await page.getByText('Đã hủy giá trị pháp lý của số 003/ĐT.').waitFor();
    await page.context().close();
  }, 60_000);

  it('shows two clerks who change a book at once what the other wrote', async () => {
    const list = `/hoso/quyensochungthuc?sua=${path.split('/').at(-1)}`;
    const [one, other] = await Promise.all(
      [1, 2].map(() => console.enter('receiving-officer', list)),
    );
    if (!one || !other) throw new Error('there are two');
    const closesOn = (clerk: Page) => clerk.getByRole('textbox', { name: 'Ngày đóng sổ' });
    await closesOn(one).fill('30/12/2024');
    await closesOn(other).fill('29/12/2024');
    await one.getByRole('button', { name: 'Cập nhật' }).click();
    await one.getByRole('cell', { name: '30/12/2024' }).waitFor();
    await other.getByRole('button', { name: 'Cập nhật' }).click();
    await other.getByText('Dữ liệu đã thay đổi trong lúc bạn đang sửa').waitFor();
    const compared = other.getByRole('row').filter({ hasText: 'Ngày đóng sổ' }).last();
    expect(await compared.innerText()).toMatch(/30\/12\/2024\s+29\/12\/2024/);
    await picture(other, 'xung-dot');
    await other.getByRole('button', { name: 'Dùng nội dung tôi nhập' }).click();
    await other.getByRole('button', { name: 'Cập nhật' }).click();
    await other.getByRole('cell', { name: '29/12/2024' }).waitFor();
    await Promise.all([one, other].map((clerk) => clerk.context().close()));
  }, 60_000);

  it('goes on to the next day while it stays open, where the day was not typed', async () => {
    page = await console.enter('receiving-officer', `${path}?capso=true`);
    const day = page.getByRole('textbox', { name: 'Ngày chứng thực' });
    await day.waitFor();
    expect(await day.inputValue()).toBe('10/05/2024');
    const comesBackOn = async (today: string): Promise<void> => {
      await page.route('**/v1/me', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...((await answer.json()) as object), today } });
      });
      await page.clock.fastForward('24:00:00');
      const told = page.waitForResponse('**/v1/me');
      await page.evaluate('dispatchEvent(new Event("visibilitychange"))');
      await (await told).finished();
    };
    await page.clock.install();
    await comesBackOn('2024-05-11');
    await until(async () => (await day.inputValue()) === '11/05/2024');
    await day.fill('10/05/2024');
    await comesBackOn('2024-05-12');
    // By then the page has taken the answer.
    await page.getByLabel('Mã hồ sơ').fill('H03.24-240511-0001');
    expect(await day.inputValue()).toBe('10/05/2024');
    await page.context().close();
  }, 60_000);

  it('sends nothing of a correction whose window was closed before it went out', async () => {
    page = await console.enter('receiving-officer', `${path}?so=1&viec=dinh-chinh`);
    await page.getByLabel('Họ tên người yêu cầu').fill('Người khác');
    await page.getByLabel('Lý do').fill('Ghi nhầm');
    const commands: string[] = [];
    page.on('request', (one) => one.method() !== 'GET' && commands.push(one.url()));
    const looking = page.waitForResponse(/entries\/1$/);
    const answer = await hold(page, '**/entries/1');
    await button('Đính chính').last().click();
    await page.locator('form[aria-busy=true]').waitFor();
    expect(await page.getByLabel('Lý do').isDisabled()).toBe(true);
    await keys('Escape');
    await button('Rời đi, bỏ nội dung đang nhập').click();
    await page.getByLabel('Lý do').waitFor({ state: 'detached' });
    answer();
    await (await looking).finished();
    // By then the page has taken the answer.
    await button('Đính chính').click();
    await page.getByLabel('Lý do').waitFor();
    expect(commands).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('gives two clerks who number at once each a number of their own', async () => {
    const clerks = await Promise.all(
      [1, 2].map(() => console.enter('receiving-officer', `${path}?capso=true`)),
    );
    await Promise.all(
      clerks.map(async (clerk, at) => {
        await clerk.getByLabel('Mã hồ sơ').fill(`H-race-${at}`);
        await clerk.getByLabel('Họ tên người yêu cầu').fill('Phạm Văn Dũng');
        await clerk.getByLabel('Tên bản chính').fill('Sổ hộ khẩu');
        await clerk.getByLabel('Lệ phí/Phí').fill('2000');
        // The keys of the form are the same in every field of it.
        await clerk.getByLabel('Mã hồ sơ').focus();
      }),
    );
    await Promise.all(clerks.map((clerk) => clerk.keyboard.press('Control+Enter')));
    const told = await Promise.all(
      clerks.map((clerk) => clerk.locator('.answered strong').innerText()),
    );
    expect([...told].sort()).toEqual(['004/ĐT', '005/ĐT']);
    await Promise.all(clerks.map((clerk) => clerk.context().close()));
  }, 60_000);

  it('is closed with its totals, confirmed by name and title; then it takes no number', async () => {
    page = await console.enter('receiving-officer', path);
    await button('Khóa sổ').click();
    await page.getByText('Khóa sổ là bước cuối cùng').waitFor();
    expect(await page.getByRole('dialog').locator('dd').first().innerText()).toBe('5');
    await page.getByLabel('Họ tên người xác nhận khóa sổ').fill('Nguyễn Văn An');
    await page.getByLabel('Chức danh người xác nhận khóa sổ').fill('Phó Chủ tịch UBND');
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'khoa-so');
    // Another number is given meanwhile: the totals that were seen are no longer those that would stand.
    const officer = await console.as('receiving-officer', 'binh.tran');
    const bookId = path.split('/').at(-1) ?? '';
    const late = paper({ dossier: 'H-late' });
    const { position } = await officer.assignEntryNumber({ agency: AGENCY, bookId }, late);
    // The read model lags: nobody goes on with totals that were not shown.
    const answer = await hold(page, `**/books/${bookId}`);
    const read = page.waitForRequest(
      async (request) => (await request.headerValue('Read-After')) === position,
    );
    await button('Khóa sổ').last().click();
    await page.getByText('Dữ liệu đã thay đổi').first().waitFor();
    expect(await button('Tiếp tục với số liệu đang có').isDisabled()).toBe(true);
    await read;
    answer();
    const compared = page.getByRole('row').filter({ hasText: 'Số lượng số đã cấp' });
    expect(await compared.innerText()).toMatch(/5\s+6/);
    await button('Tiếp tục với số liệu đang có').click();
    await button('Khóa sổ').last().click();
    await page.locator('#main h1').getByText('Đã khóa').waitFor();
    expect(await button('Cấp số').count()).toBe(0);
  });

  it('can be read dark and 360 pixels wide', async () => {
    for (const options of [
      { colorScheme: 'dark' as const },
      { viewport: { width: 360, height: 740 } },
    ]) {
      page = await console.enter('receiving-officer', `${path}?so=1`, options);
      await page.getByRole('dialog').waitFor();
      expect([await seriousFaults(page), await isTooWide(page)]).toEqual([[], false]);
      await page.context().close();
    }
  });

  it('puts each answer beside the document it is of, whatever is done while it is on its way', async () => {
    const officer = await console.as('receiving-officer', 'binh.tran');
    const { data } = await officer.openBook(
      { agency: AGENCY },
      { name: '02/2024', firstNumber: 7, openedOn: '2024-05-10', closesOn: '2024-12-31' },
    );
    page = await console.enter('receiving-officer', `/hoso/quyensochungthuc/${data.book.bookId}`);
    await button('Cấp số').click();
    await page.getByLabel('Mã hồ sơ').fill('H03.24-240510-0009');
    await page.getByLabel('Họ tên người yêu cầu').fill('Lê Thị Cúc');
    for (const title of ['Giấy thứ nhất', 'Giấy thứ hai', 'Giấy thứ ba']) {
      if (title !== 'Giấy thứ nhất') await button('Thêm giấy tờ').click();
      await page.getByLabel('Tên bản chính').last().fill(title);
      await page.getByLabel('Lệ phí/Phí').last().fill('2000');
    }
    await button('Bỏ giấy tờ 2').click();
    const answer = await hold(page, '**/entries:batch');
    await page.locator('form button[type=submit]').click();
    await page.locator('form[aria-busy=true]').waitFor();
    // Nothing that was sent can be changed, but what was removed before can still be taken back.
    expect(await page.getByLabel('Tên bản chính').first().isDisabled()).toBe(true);
    expect(await button('Bỏ giấy tờ 1').isDisabled()).toBe(true);
    await button('Hoàn tác').click();
    await page.getByRole('group', { name: 'Giấy tờ 2' }).waitFor();
    answer();
    const line = (document: number) => page.getByRole('group', { name: `Giấy tờ ${document}` });
    await line(3).getByText('008/ĐT').first().waitFor();
    expect(await line(1).innerText()).toContain('007/ĐT');
    expect(await line(2).innerText()).not.toContain('/ĐT');
  }, 60_000);

  it('gave no browser anything to complain of', () => expect(console.complaints).toEqual([]));
});
