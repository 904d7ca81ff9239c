import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import type { ExportJob } from '#client';
import { paper } from '../support/office.ts';
import { hasReader, textOf } from '../support/pdf-tools.ts';
import { until } from '../support/until.ts';
import {
  AGENCY,
  hasChromium,
  openConsole,
  seriousFaults,
  type Console,
  nameAgency,
  openedBook,
} from './console.ts';

const withBrowser = hasChromium && hasReader ? describe : describe.skip;

/** More than a page of the list, and far more than are in sight. */
const NUMBERS = 130;
const EACH = 50;

withBrowser('a register that is printed, in a browser', () => {
  let console: Console;
  let page: Page;
  let path: string;

  const documents = (from: number) =>
    Array.from({ length: Math.min(EACH, NUMBERS - from) }, (_, at) =>
      paper({ document: from + at + 1 }),
    );

  beforeAll(async () => {
    console = await openConsole();
    await nameAgency(console);
    const opened = await openedBook(console);
    const { officer, bookId } = opened;
    for (let from = 0; from < NUMBERS; from += EACH)
      await officer.assignEntryNumbers({ agency: AGENCY, bookId }, { documents: documents(from) });
    path = opened.path;
  }, 120_000);
  afterAll(() => console.dispose());

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const printed = async (): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), button('In').click()]);
    expect(download.suggestedFilename()).toMatch(/^so-BK-001-SCTDT\.BS-2024-\d+\.pdf$/);
    return textOf(await download.path());
  };
  /** Has the service say of every print that it is so far. */
  const say = (far: Partial<ExportJob>) =>
    page.route('**/exports/*', async (route: Route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...((await answer.json()) as ExportJob), ...far } });
    });

  it('is the service’s own print, with every number from the first to the last', async () => {
    page = await console.enter('receiving-officer', path);
    await button('130/ĐT').waitFor();
    const text = await printed();
    for (const number of ['001/ĐT', '065/ĐT', '130/ĐT']) expect(text).toContain(number);
    await page.getByText('Đã in xong').waitFor();
    await page.context().close();
  }, 60_000);

  it('tells how far it is, and is called off where one asks, or leaves the book', async () => {
    page = await console.enter('auditor', path);
    let files = 0;
    page.on('download', () => (files += 1));
    await say({ state: 'running', rows: 40, total: NUMBERS });
    await button('In').click();
    await page.getByText('40 trên khoảng 130 dòng').waitFor();
    expect(await button('In').isDisabled()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
    const calledOff = () =>
      page.waitForResponse((one) => /exports\/\w+\/cancel$/.test(one.url()) && one.ok());
    await Promise.all([calledOff(), button('Dừng in').click()]);
    await page.getByText('Đã dừng in.').waitFor();
    await button('In').click();
    await page.getByText('40 trên khoảng 130 dòng').waitFor();
    await Promise.all([
      calledOff(),
      page.getByRole('main').getByRole('link', { name: 'Quyển sổ chứng thực' }).click(),
    ]);
    expect(files).toBe(0);
    await page.context().close();
  }, 60_000);

  it('that failed is said to have, and one whose answer was lost is asked for under its key', async () => {
    page = await console.enter('clerk', path);
    const detail = 'Có lỗi khi ghi tệp. Vui lòng in lại.';
    const problem = { type: 'about:blank', title: 'Không in được', instance: '', detail };
    await say({ state: 'failed' });
    await page.route('**/exports/*/file', (route) =>
      route.fulfill({ status: 409, json: { ...problem, status: 409, code: 'EXPORT_FAILED' } }),
    );
    await button('In').click();
    await page.getByRole('alert').filter({ hasText: detail }).waitFor();
    await page.unrouteAll();
    const keys = new Set<string | undefined>();
    page.on('request', (one) => {
      if (/exports$/.test(one.url())) keys.add(one.headers()['idempotency-key']);
    });
    await page.route('**/exports', (route) => route.abort());
    await button('In').click();
    await page.getByText('Không nhận được trả lời của máy chủ').waitFor();
    await page.unrouteAll();
    expect(await printed()).toContain('130/ĐT');
    expect(keys.size).toBe(1);
    await until(async () => (await page.getByRole('alert').count()) === 0);
    await page.context().close();
  }, 60_000);

  it('has what was numbered since, also where the answer to the print before was lost', async () => {
    page = await console.enter('receiving-officer', path);
    await page.route('**/exports', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await button('In').click();
    await page.getByText('Không nhận được trả lời của máy chủ').waitFor();
    await page.unrouteAll();
    await button('Cấp số').click();
    const typed = {
      'Mã hồ sơ': 'H03-0002',
      'Họ tên người yêu cầu': 'Phạm Văn Dũng',
      'Họ tên người ký chứng thực': 'Nguyễn Văn An',
      'Chức danh người ký chứng thực': 'Phó Chủ tịch UBND',
      'Tên bản chính': 'Giấy khai sinh',
      'Lệ phí/Phí': '2000',
    };
    for (const [label, text] of Object.entries(typed)) await page.getByLabel(label).fill(text);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Đã cấp 1 số.').waitFor();
    await page.keyboard.press('Escape');
    await button('131/ĐT').waitFor();
    expect(await printed()).toContain('131/ĐT');
    await page.context().close();
  }, 60_000);

  it('is not what the browser prints of the page, and that paper says so', async () => {
    page = await console.enter('certifier', path);
    const list = page.getByRole('region', { name: 'Các số của quyển sổ' });
    const notice = page.getByText('Trang này không phải bản in của sổ');
    await list.waitFor();
    expect(await notice.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect([await list.isVisible(), await notice.isVisible()]).toEqual([false, true]);
    await page.context().close();
  }, 60_000);

  it('gave no browser anything to complain of', () => expect(console.complaints).toEqual([]));
});
