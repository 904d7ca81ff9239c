import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

withBrowser('dossiers and when they are due, in a browser', () => {
  let console: Console;

  beforeAll(async () => {
    // A Friday, after what came in the day before was due.
    console = await openConsole({ CLOCK_NOW: '2024-05-10T09:00:00+07:00' });
    const officer = await console.as('receiving-officer', 'binh.tran');
    const of = { agency: AGENCY };
    const late = { dossier: 'H03.24-0001', documents: 2, requester: 'Đặng Thị Ánh' };
    await officer.receiveDossier(of, { ...late, receivedAt: '2024-05-09T09:00:00+07:00' });
    const { position } = await officer.receiveDossier(of, { dossier: 'H03.24-0002', documents: 1 });
    await officer.listDossiers(of, {}, { readAfter: position });
  }, 120_000);
  afterAll(() => console.dispose());

  it('are counted in the overview, each count with its list', async () => {
    const page = await console.enter('receiving-officer', '/tong-quan');
    const section = page.locator('section').filter({ hasText: 'Hồ sơ theo hạn trả' });
    await section.getByText('Quá hạn').waitFor();
    expect(await section.locator('dd').allInnerTexts()).toEqual(['1', '1', '0']);
    expect(await seriousFaults(page)).toEqual([]);
    await section.getByRole('link').first().click();
    await page.getByRole('row').filter({ hasText: 'H03.24-0001' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });

  it('are received at an hour that may be over, and told when they are due', async () => {
    const page = await console.enter('receiving-officer', '/hoso/tiep-nhan');
    await page.getByRole('button', { name: 'Tiếp nhận hồ sơ' }).click();
    await page.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
    await page.getByText('Vui lòng nhập Mã hồ sơ.').waitFor();
    await page.getByLabel('Mã hồ sơ').fill('H03.24-0003');
    await page.getByLabel('Số giấy tờ').fill('12');
    await page.getByLabel('Họ tên người yêu cầu').fill('Lê Thị Cúc');
    await page.locator('input[name=day]').fill('09052024');
    await page.getByLabel('Giờ tiếp nhận').fill('15h01');
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
    await page.getByText('Hạn trả kết quả: 10/05/2024 17:00.').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'H03.24-0003' });
    expect(await row.innerText()).toMatch(/Lê Thị Cúc[\s\S]*0\/12[\s\S]*Đến hạn hôm nay/);
  });

  it('of one code with other content say what stands', async () => {
    const page = await console.enter('receiving-officer', '/hoso/tiep-nhan?them=true');
    await page.getByLabel('Mã hồ sơ').fill('H03.24-0001');
    await page.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
    await page.getByText('đã được tiếp nhận lúc 09/05/2024 09:00:00').waitFor();
  });

  it('are promised for later, with what the law asks for, and a slip to take home', async () => {
    const page = await console.enter('receiving-officer', '/hoso/tiep-nhan');
    await page.getByRole('button', { name: 'Hẹn trả hồ sơ H03.24-0003' }).click();
    await page.locator('input[name=day]').fill('15/05/2024');
    await page.getByLabel('Giờ hẹn trả').fill('10:00');
    await page.getByLabel('Lý do').fill('Mười hai giấy tờ, nhiều trang');
    await page.getByRole('button', { name: 'Hẹn trả', exact: true }).last().click();
    await page.getByText('phải có thỏa thuận bằng văn bản').last().waitFor();
    await page.getByLabel('Có thỏa thuận bằng văn bản').check();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Hẹn trả', exact: true }).last().click();
    await page.getByText('Đã hẹn trả hồ sơ H03.24-0003: 15/05/2024 10:00.').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'H03.24-0003' });
    await row.getByText('Chưa đến hạn').waitFor();
    expect(await row.innerText()).toMatch(/hạn theo quy định 10\/05\/2024 17:00/);
    expect(await isTooWide(page)).toBe(false);
    await picture(page, 'ho-so');
  });

  it('have a slip that is printed alone', async () => {
    const page = await console.enter('receiving-officer', '/hoso/tiep-nhan');
    // The page is asked to print, and goes on.
    await page.evaluate('window.print = () => undefined');
    await page.getByRole('button', { name: 'In phiếu hẹn hồ sơ H03.24-0003' }).click();
    await page.emulateMedia({ media: 'print' });
    const slip = page.locator('.slip');
    await slip.getByText('PHIẾU HẸN TRẢ KẾT QUẢ').waitFor();
    await slip.getByText('15/05/2024 10:00').waitFor();
    await slip.getByText('Mười hai giấy tờ, nhiều trang').waitFor();
    expect(await page.locator('#root, main').first().isVisible()).toBe(false);
  });

  it('keep what is typed about one that leaves the list meanwhile', async () => {
    const officer = await console.as('receiving-officer', 'binh.tran');
    const of = { agency: AGENCY };
    const received = await officer.receiveDossier(of, { dossier: 'H03.24-0004', documents: 1 });
    await officer.listDossiers(of, {}, { readAfter: received.position });
    const page = await console.enter('receiving-officer', '/hoso/tiep-nhan?tra=H03.24-0004');
    const reason = page.getByLabel('Lý do');
    await reason.fill('Bản chính bị tẩy xóa');
    const path = { ...of, dossier: 'H03.24-0004' };
    const { position } = await officer.returnDossier(path, { reason: 'Trùng' });
    await officer.listDossiers(of, {}, { readAfter: position });
    await page.clock.install();
    await page.clock.fastForward('01:00');
    await page.evaluate('dispatchEvent(new Event("visibilitychange"))');
    const row = page.locator('main tr').filter({ hasText: 'H03.24-0004' });
    await row.waitFor({ state: 'detached' });
    expect(await reason.inputValue()).toBe('Bản chính bị tẩy xóa');
    await page.context().close();
  });

  it('are given back with a reason, and in the history; nobody else is offered to', async () => {
    const page = await console.enter('receiving-officer', '/hoso/tiep-nhan');
    await page.getByRole('button', { name: 'Trả lại hồ sơ H03.24-0002' }).click();
    await page.getByLabel('Lý do').fill('Bản chính bị tẩy xóa');
    await page.getByRole('button', { name: 'Trả lại', exact: true }).last().click();
    await page.getByText('Đã trả lại hồ sơ H03.24-0002.').waitFor();
    await page.getByLabel('Trạng thái').selectOption('returned');
    await page.getByText('Bản chính bị tẩy xóa').waitFor();
    await page.getByRole('link', { name: 'H03.24-0002' }).click();
    const line = page.getByText('Trả lại hồ sơ không chứng thực').and(page.locator(':not(option)'));
    await line.first().waitFor();
    const clerk = await console.enter('clerk', '/hoso/tiep-nhan');
    await clerk.getByRole('row').filter({ hasText: 'H03.24-0001' }).waitFor();
    const offered = clerk.getByRole('button', { name: /Hẹn trả|Trả lại|Tiếp nhận hồ sơ/ });
    expect(await offered.count()).toBe(0);
    expect(console.complaints).toEqual([]);
  });
});
