import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawSeal } from '../../apps/demo/draw-specimens.ts';
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
import { paper, picture as file } from '../support/office.ts';

const withBrowser = hasChromium ? describe : describe.skip;
const HISTORY = '/kiem-toan/nhat-ky';
const TIMELINE = '/kiem-toan/dien-bien?luong=register-BK-001-SCTDT.BS-2024';

withBrowser('who oversees, in a browser', () => {
  let console: Console;
  let book: string;

  beforeAll(async () => {
    console = await openConsole();
    const { officer, bookId, path } = await openedBook(console);
    const of = { agency: AGENCY, bookId };
    book = path;
    for (const document of [1, 2]) await officer.assignEntryNumber(of, paper({ document }));
    const corrected = await officer.correctEntry(
      { ...of, number: 1 },
      { copies: 3, reason: 'Ghi sai số bản' },
    );
    await officer.listEntries(of, {}, { readAfter: corrected.position });
    await officer.listHistory({ agency: AGENCY }, {}, { readAfter: corrected.position });
  }, 120_000);
  afterAll(() => console.dispose());

  it('reads the history with what was before and after, narrowed by what stands in the address', async () => {
    const page = await console.enter('auditor', HISTORY);
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(4);
    expect(await rows.first().innerText()).toMatch(
      /Đính chính[\s\S]*Ghi sai số bản[\s\S]*Số bản sao: 2 3/,
    );
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Việc' }).selectOption('EntryNumberAssigned');
    await page.getByText('Hiển thị từ 1 đến 2').waitFor();
    await page.getByLabel('Số chứng thực').fill('2');
    await page.getByText('Hiển thị từ 1 đến 1').waitFor();
    const { search } = new URL(page.url());
    expect(search).toBe('?viec=EntryNumberAssigned&so=2');
    await page.goto(`${console.url}${HISTORY}${search}`);
    await page.getByText('Hiển thị từ 1 đến 1').waitFor();
    await page.goBack();
    await page.context().close();
  }, 60_000);

  it('sees who looked, the look at the history among it', async () => {
    const page = await console.enter('auditor', HISTORY);
    await page.locator('tbody tr').first().waitFor();
    await page.getByRole('link', { name: 'Ai đã xem' }).click();
    await page.getByRole('cell', { name: 'Nhật ký' }).first().waitFor();
    await page.getByRole('row').filter({ hasText: 'Lê Thị Kiểm' }).first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  }, 60_000);

  it('has the proof of a number computed in the browser itself', async () => {
    const operator = await console.as('operator');
    await operator.sealLog();
    const page = await console.enter('auditor', `${book}?so=1`);
    await page.getByRole('button', { name: 'Kiểm tra bằng chứng niêm phong' }).click();
    await page.getByText('Bằng chứng đúng').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    // What somebody changed on the way is found out.
    await page.route('**/proof', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replace('Lê Thị Cúc', 'X'),
      });
    });
    await page.getByRole('button', { name: 'Kiểm tra bằng chứng niêm phong' }).click();
    await page.getByText('Bằng chứng KHÔNG đúng').waitFor();
  }, 60_000);

  it('slides through the states of a stream by keyboard, and goes back to where it came from', async () => {
    const page = await console.enter('auditor', HISTORY);
    await page.getByLabel('Mã hồ sơ').fill('H03-0001');
    await page.getByText('Hiển thị từ 1 đến 3').waitFor();
    await page
      .getByRole('row', { name: /Đính chính/ })
      .getByRole('link')
      .click();
    await page.getByRole('heading', { name: 'Đính chính', level: 2 }).waitFor();
    const copies = page.getByRole('row', { name: /^Số bản sao/ }).first();
    expect(await copies.innerText()).toMatch(/đã đổi\s+2\s+3/);
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'dien-bien');
    const slider = page.getByRole('slider', { name: 'Phiên bản đang xem' });
    await slider.press('Home');
    await page.getByRole('heading', { name: 'Mở sổ chứng thực', level: 2 }).waitFor();
    await slider.press('ArrowRight');
    await page.getByRole('heading', { name: 'Cấp số chứng thực', level: 2 }).waitFor();
    expect(new URL(page.url()).search).toContain('tai=1');
    await page.goBack();
    await page.getByText('Hiển thị từ 1 đến 3').waitFor();
    await page.context().close();
  }, 60_000);

  it('holds two moments against each other, field by field', async () => {
    const page = await console.enter('auditor', `${TIMELINE}&tai=3&moc=1`);
    const compared = page.getByRole('region', { name: /^So sánh hai thời điểm: Số chứng thực/ });
    await compared.waitFor();
    expect(await compared.getByRole('row').filter({ hasText: 'Số bản sao' }).innerText()).toMatch(
      /2\s+3/,
    );
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Hoặc so với cuối ngày' }).fill('09/05/2024');
    await page.getByText('Chưa có gì').first().waitFor();
    await page.context().close();
  }, 60_000);

  it('sees a picture as it was before it was replaced', async () => {
    const clerk = await console.as('clerk', 'thu.hoang');
    const image = file(await drawSeal({ agency: 'UBND XÃ', place: 'BẮC KẠN' }));
    const sealed = await clerk.registerSeal({ agency: AGENCY }, { name: 'Con dấu', image });
    const other = file(await drawSeal({ agency: 'UBND PHƯỜNG', place: 'BẮC KẠN' }));
    const edited = await clerk.editSeal({ agency: AGENCY, id: sealed.data.id }, { image: other });
    await clerk.listHistory({ agency: AGENCY }, {}, { readAfter: edited.position });
    const page = await console.enter('auditor', `${HISTORY}?viec=SealEdited`);
    await page.getByRole('link', { name: 'Xem diễn biến' }).click();
    for (const when of ['Trước sự kiện', 'Sau sự kiện']) {
      await page.getByRole('img', { name: `Ảnh con dấu, ${when}` }).waitFor();
    }
    await page.waitForFunction(
      '[...document.querySelectorAll("figure img")].every((image) => image.naturalWidth > 0)',
    );
    await page.context().close();
  }, 60_000);

  it('downloads the bundle of a year, which the checkpoints stand beside', async () => {
    const page = await console.enter('auditor', '/kiem-toan/goi');
    await page.getByRole('combobox', { name: 'Phạm vi' }).selectOption('Sổ năm 2024');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải gói kiểm toán' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('bundle-BK-001-2024.jsonl');
    const lines = await readFile(await download.path(), 'utf8');
    expect(lines).toContain('EntryNumberAssigned');
    expect(await seriousFaults(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('sees what a year comes to, and which books want looking after', async () => {
    const page = await console.enter('auditor', '/tong-quan');
    await page.getByRole('img', { name: 'Số đã cấp, 05/2024' }).waitFor();
    await page.getByRole('row', { name: /^10\/05\/2024\s+2/ }).waitFor();
    await page.getByText('1 (50%)').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await picture(page, 'tong-quan');
    await page.context().close();
  }, 60_000);

  it('watches the read models as they are now', async () => {
    const page = await console.enter('operator');
    expect(new URL(page.url()).pathname).toBe('/van-hanh/bang-doc');
    await page.getByRole('cell', { name: /^register_entries/ }).waitFor();
    await page.getByText('Cấp số: hoạt động').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('is told that a screen is none of theirs', async () => {
    const page = await console.enter('auditor', '/van-hanh/bang-doc');
    await page.getByText('Bạn không có quyền thực hiện thao tác này.').waitFor();
    await page.context().close();
  }, 60_000);

  it('has a read model rebuilt and verified with a reason, and sees both come to their end by itself', async () => {
    const page = await console.enter('operator');
    const row = page.getByRole('row').filter({ hasText: 'register_entries' });
    for (const [kind, done] of [
      ['Dựng lại', 'Dựng lại: xong'],
      ['Đối chiếu', 'Đã đối chiếu 2 dòng, 0 dòng khác'],
    ] as const) {
      await page.getByRole('button', { name: 'Yêu cầu việc: register_entries' }).click();
      await page.getByRole('combobox', { name: 'Việc' }).selectOption(kind);
      await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
      await page.getByText('Vui lòng nhập Lý do.').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByLabel('Lý do').fill('Kiểm tra định kỳ');
      if (kind === 'Dựng lại') await picture(page, 'van-hanh');
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Gửi yêu cầu' }).press('Enter');
      await row.getByText(done).waitFor();
    }
    await page.getByRole('button', { name: 'Đã yêu cầu: register_entries' }).click();
    await page.getByText('Kiểm tra định kỳ').first().waitFor();
    expect(await page.getByRole('heading', { name: /: xong/ }).count()).toBe(2);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.context().close();
  }, 60_000);

  it('finds an agency in the directory, and whose registers it has taken over', async () => {
    const operator = await console.as('operator', 'operator', ['*']);
    for (const [code, name] of [
      ['BK-H01', 'UBND huyện Bạch Thông'],
      ['BK-002', 'UBND xã Thượng Minh'],
    ] as const) {
      await operator.registerAgency({ code, name, level: 'commune' });
    }
    const ended = await operator.retireAgency(
      { agency: 'BK-H01' },
      { successor: 'BK-002', retiredOn: '2024-05-10', reason: 'Sắp xếp đơn vị hành chính' },
    );
    await operator.listAgencies({}, { readAfter: ended.position });
    const page = await console.enter('operator', '/van-hanh/co-quan');
    await page.getByLabel('Tìm kiếm').fill('thuong minh');
    await page.getByText('Hiển thị từ 1 đến 1 của 1 dòng').waitFor();
    await page.getByRole('cell', { name: 'BK-H01' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('has what one asks for confirmed by another, where an agency takes two accounts', async () => {
    await nameAgency(console);
    const admin = await console.enter('operator', '/van-hanh/co-quan?cap=commune');
    await admin.getByRole('button', { name: 'Sửa cơ quan BK-001' }).click();
    await admin.getByLabel('Khóa sổ, đính chính phải có hai tài khoản').check();
    await admin.getByLabel('Lý do').fill('Quy chế của cơ quan');
    expect(await seriousFaults(admin)).toEqual([]);
    await picture(admin, 'co-quan');
    await admin.getByRole('button', { name: 'Cập nhật' }).click();
    await admin.getByText('Đã cập nhật cơ quan BK-001').waitFor();
    await admin.getByRole('cell', { name: /phải có hai tài khoản/ }).waitFor();
    await admin.context().close();
    const officer = await console.enter('receiving-officer', `${book}?so=2&viec=dinh-chinh`);
    await officer.getByRole('heading', { name: 'Đề nghị đính chính số 002/ĐT' }).waitFor();
    await officer.getByLabel('Lệ phí/Phí').fill('30.000');
    await officer.getByLabel('Lý do').fill('Thu thiếu');
    await officer.getByRole('button', { name: 'Gửi đề nghị' }).click();
    await officer.getByText('Đã gửi đề nghị').waitFor();
    await officer.keyboard.press('Escape');
    await officer.getByRole('link', { name: /^1 đề nghị về sổ này/ }).click();
    await officer.getByRole('button', { name: 'Đề nghị đính chính số 2' }).click();
    await officer.getByText('Đề nghị của chính bạn').waitFor();
    expect(await officer.getByRole('button', { name: /Xác nhận/ }).count()).toBe(0);

    const certifier = await console.enter('certifier', '/hoso/de-nghi');
    await certifier.getByRole('button', { name: 'Đề nghị đính chính số 2' }).click();
    await certifier.getByText('Xác nhận thì số chứng thực được đính chính ngay').waitFor();
    await certifier.getByRole('dialog').getByText('01/2024-SCTĐT/BS').waitFor();
    expect(await seriousFaults(certifier)).toEqual([]);
    await picture(certifier, 'de-nghi');
    await certifier.getByRole('button', { name: 'Từ chối đề nghị' }).click();
    await certifier.getByLabel('Lý do').waitFor();
    await certifier.goBack();
    await certifier.getByRole('button', { name: 'Xác nhận đính chính' }).click();
    await certifier.getByText('Không có đề nghị nào').waitFor();
    await certifier.goto(`${console.url}${book}?so=2`);
    await certifier.getByRole('dialog').getByText('30.000', { exact: true }).waitFor();
    await Promise.all([officer, certifier].map((page) => page.context().close()));
  }, 60_000);

  it.each([
    ['auditor', HISTORY],
    ['auditor', '/kiem-toan/ai-da-xem'],
    ['auditor', `${TIMELINE}&tai=3&moc=1`],
    ['auditor', '/kiem-toan/goi'],
    ['auditor', '/tong-quan'],
    ['operator', '/van-hanh/bang-doc'],
    ['operator', '/van-hanh/co-quan'],
  ] as const)('can be read by the %s dark and 360 pixels wide: %s', async (role, path) => {
    const options = { colorScheme: 'dark' as const, viewport: { width: 360, height: 740 } };
    const page = await console.enter(role, path, options);
    await page.locator('tbody tr').first().waitFor();
    expect([await seriousFaults(page), await isTooWide(page)]).toEqual([[], false]);
    await page.context().close();
  });

  it('is spoken to in English where they wish', async () => {
    const page = await console.enter('auditor', HISTORY);
    await page.getByRole('banner').getByRole('button').click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.locator('#main h1').getByText('History').waitFor();
    await page.getByRole('banner').getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Tiếng Việt' }).click();
    await page.locator('#main h1').getByText('Nhật ký').waitFor();
  });

  it('gave no browser anything to complain of', () => expect(console.complaints).toEqual([]));
});
