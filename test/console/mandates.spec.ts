import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  AGENCY,
  hasChromium,
  isTooWide,
  openConsole,
  picture,
  seriousFaults,
  type Console,
} from './console.ts';

const withBrowser = hasChromium ? describe : describe.skip;
const HOLDER = { fullName: 'Nguyễn Văn An', title: 'Phó Chủ tịch UBND' };

withBrowser('who certifies without being chairman, in a browser', () => {
  let console: Console;
  let path: string;

  beforeAll(async () => {
    console = await openConsole({ CLOCK_NOW: '2025-11-03T08:00:00+07:00' });
    const officer = await console.as('receiving-officer', 'binh.tran');
    const days = { openedOn: '2025-11-01', closesOn: '2025-12-31' };
    const book = { name: '01/2025', firstNumber: 1, ...days };
    const opened = await officer.openBook({ agency: AGENCY }, book);
    await officer.listBooks({ agency: AGENCY }, {}, { readAfter: opened.position });
    path = `/hoso/quyensochungthuc/${opened.data.book.bookId}`;
  }, 120_000);
  afterAll(() => console.dispose());

  /** The form of a number the deputy is to sign. */
  async function assigning(): Promise<Page> {
    const page = await console.enter('receiving-officer', path);
    await page.getByRole('button', { name: 'Cấp số' }).click();
    await page.getByLabel('Mã hồ sơ').fill('H03.24-251103-0001');
    await page.getByLabel('Họ tên người yêu cầu').fill('Lê Thị Cúc');
    await page.getByLabel('Họ tên người ký').fill(HOLDER.fullName);
    await page.getByLabel('Chức danh người ký').fill(HOLDER.title);
    await page.getByLabel('Thẩm quyền ký').selectOption('KT.');
    return page;
  }

  it('is told what is missing before the number is asked for', async () => {
    const page = await assigning();
    await page.getByText('phải có văn bản ủy quyền, phân công có hiệu lực').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('is recorded by the clerk from the document', async () => {
    const page = await console.enter('clerk', '/hoso/uy-quyen');
    await page.getByRole('button', { name: 'Thêm mới' }).click();
    await page.getByRole('button', { name: 'Cập nhật' }).click();
    await page.getByText('Vui lòng nhập Số văn bản.').waitFor();
    await page.getByLabel('Số văn bản').fill('15/QĐ-UBND');
    await page.locator('input[name=issuedOn]').fill('30102025');
    await page.getByLabel('Người ký văn bản').fill('Chủ tịch UBND xã Thượng Minh');
    await page.getByLabel('Họ tên người được').fill(HOLDER.fullName);
    await page.getByLabel('Chức danh người được').fill(HOLDER.title);
    await page.locator('input[name=validFrom]').fill('29/10/2025');
    await page.getByRole('button', { name: 'Cập nhật' }).click();
    // What the service says of a field stands beside it.
    await page.getByText('không được trước Ngày văn bản (30/10/2025)').waitFor();
    await page.locator('input[name=validFrom]').fill('01/11/2025');
    await page.getByLabel('Chứng thực bản sao điện tử từ bản chính').check();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cập nhật' }).click();
    await page.getByText('Đã ghi nhận văn bản 15/QĐ-UBND.').waitFor();
    const row = page.getByRole('row').filter({ hasText: HOLDER.fullName });
    expect(await row.innerText()).toMatch(
      /Phân công 15\/QĐ-UBND[\s\S]*SCTĐT\/BS[\s\S]*Đang hiệu lực/,
    );
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
  });

  it('has the number by it, and the number says so', async () => {
    const page = await assigning();
    await page.getByText('Căn cứ ký: văn bản 15/QĐ-UBND ngày 30/10/2025.').waitFor();
    await page.getByLabel('Tên bản chính').fill('Bằng tốt nghiệp đại học');
    await page.getByLabel('Lệ phí/Phí').fill('2000');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Số chứng thực: 001/ĐT').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '001/ĐT' }).click();
    await page.getByText('Văn bản ủy quyền, phân công').waitFor();
    await page.getByText('15/QĐ-UBND').waitFor();
  });

  it('is ended by the clerk from a day on, with its reason; nobody else is offered to', async () => {
    const page = await console.enter('clerk', '/hoso/uy-quyen');
    const end = page.getByRole('button', { name: 'Chấm dứt văn bản 15/QĐ-UBND' });
    await end.waitFor();
    await picture(page, 'uy-quyen');
    await end.click();
    await page.locator('input[name=endedOn]').fill('04/11/2025');
    await page.getByLabel('Lý do').fill('Phân công lại');
    await page.getByRole('button', { name: 'Chấm dứt', exact: true }).click();
    await page.getByText('từ 04/11/2025: Phân công lại').waitFor();
    await page.getByRole('link', { name: 'Diễn biến' }).click();
    await page.getByRole('heading', { name: 'Chấm dứt ủy quyền, phân công' }).waitFor();
    const officer = await console.enter('receiving-officer', '/hoso/uy-quyen');
    await officer.getByText(HOLDER.fullName).waitFor();
    expect(await officer.getByRole('button', { name: /Chấm dứt|Thêm mới/ }).count()).toBe(0);
    expect(console.complaints).toEqual([]);
  });
});
