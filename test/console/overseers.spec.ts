import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AGENCY,
  hasChromium,
  isTooWide,
  openConsole,
  seriousFaults,
  type Console,
} from './console.ts';
import { paper } from '../support/office.ts';

const withBrowser = hasChromium ? describe : describe.skip;
const HISTORY = '/kiem-toan/nhat-ky';

withBrowser('who oversees, in a browser', () => {
  let console: Console;
  let book: string;

  beforeAll(async () => {
    console = await openConsole();
    const officer = await console.as('receiving-officer', 'binh.tran');
    const days = { openedOn: '2024-05-10', closesOn: '2024-12-31' };
    const { data } = await officer.openBook(
      { agency: AGENCY },
      { name: '01/2024', firstNumber: 1, ...days },
    );
    const of = { agency: AGENCY, bookId: data.book.bookId };
    book = `/hoso/quyensochungthuc/${of.bookId}`;
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

  it('watches the read models as they are now', async () => {
    const page = await console.enter('operator');
    expect(new URL(page.url()).pathname).toBe('/van-hanh/bang-doc');
    await page.getByRole('cell', { name: /^register_entries/ }).waitFor();
    await page.getByText('Cấp số: hoạt động').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
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

  it.each([
    ['auditor', HISTORY],
    ['auditor', '/kiem-toan/ai-da-xem'],
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
