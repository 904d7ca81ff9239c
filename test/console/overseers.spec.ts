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
    // Asked for again and again, without anybody's doing.
    await page.waitForResponse((answer) => answer.url().endsWith('/v1/projections'));
    await page.waitForResponse((answer) => answer.url().endsWith('/v1/projections'));
    expect(await seriousFaults(page)).toEqual([]);
  }, 60_000);

  it.each([
    ['auditor', HISTORY],
    ['auditor', '/kiem-toan/ai-da-xem'],
    ['operator', '/van-hanh/bang-doc'],
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
