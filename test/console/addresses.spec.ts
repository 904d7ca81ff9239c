import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawSeal } from '../../apps/demo/draw-specimens.ts';
import { picture as file } from '../support/office.ts';
import { until } from '../support/until.ts';
import { AGENCY, hasChromium, openConsole, type Console } from './console.ts';

const withBrowser = hasChromium ? describe : describe.skip;

withBrowser('what stands in an address, in a browser', () => {
  let console: Console;

  beforeAll(async () => {
    console = await openConsole();
  }, 120_000);
  afterAll(() => console.dispose());

  it('keeps its page where a seal on it is edited or withdrawn', async () => {
    const clerk = await console.as('clerk', 'thu.hoang');
    const image = file(await drawSeal({ agency: 'UBND XÃ', place: 'BẮC KẠN' }));
    for (let at = 1; at <= 21; at += 1) {
      const { position } = await clerk.registerSeal(
        { agency: AGENCY },
        { name: `Con dấu số ${at}`, image },
      );
      await clerk.listSeals({ agency: AGENCY }, {}, { readAfter: position });
    }
    const page = await console.enter('clerk', '/tai-khoan/con-dau?trang=2');
    for (const [act, opened] of [
      [/^Sửa/, 'Cập nhật'],
      [/^Ngừng/, 'Ngừng'],
    ] as const) {
      await page.getByRole('row').getByRole('button', { name: act }).click();
      await page.getByRole('dialog').getByRole('button', { name: opened }).last().waitFor();
      expect(new URL(page.url()).searchParams.get('trang')).toBe('2');
      await page.keyboard.press('Escape');
      await page.getByText('Hiển thị từ 21 đến 21').waitFor();
    }
    await page.context().close();
  }, 120_000);

  it('is what the days of the history say, and what is no day is told', async () => {
    const page = await console.enter('auditor', '/kiem-toan/nhat-ky');
    const day = page.getByRole('textbox', { name: 'Từ ngày' });
    const from = () => new URL(page.url()).searchParams.get('tu');
    await day.fill('01/05/2024');
    await until(() => from() === '2024-05-01');
    await page.goBack();
    await until(async () => (await day.inputValue()) === '');
    await page.goForward();
    await until(async () => (await day.inputValue()) === '01/05/2024');
    await day.fill('31/02/2024');
    await page.getByText('Ngày không hợp lệ').waitFor();
    expect(from()).toBe('2024-05-01');
    await page.goBack();
    await until(async () => (await day.inputValue()) === '');
    expect(await page.getByText('Ngày không hợp lệ').count()).toBe(0);
    await page.context().close();
  }, 60_000);

  it('gave no browser anything to complain of', () => expect(console.complaints).toEqual([]));
});
