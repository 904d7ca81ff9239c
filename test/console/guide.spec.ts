import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { drawSeal, drawSignature } from '../../apps/demo/draw-specimens.ts';
import {
  hasChromium,
  isTooWide,
  openConsole,
  picture,
  seriousFaults,
  type Console,
} from './console.ts';

const withBrowser = hasChromium ? describe : describe.skip;

withBrowser('the guide, followed in a browser', () => {
  let console: Console;
  let page: Page;

  beforeAll(async () => {
    console = await openConsole();
    const operator = await console.as('operator');
    // An operator of every agency registers it; the header has its name from then on.
    await operator.registerAgency({
      code: 'BK-001',
      name: 'UBND xã Thượng Minh',
      level: 'commune',
    });
  }, 120_000);
  afterAll(() => console.dispose());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const field = (label: string | RegExp) => page.getByLabel(label);

  describe('1. Tạo Sổ chứng thực', () => {
    it('is at the address the guide gives, after logging in', async () => {
      page = await console.open('/hoso/quyensochungthuc');
      await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await picture(page, 'dang-nhap');
      await button('Trần Thị Bình').click();
      await page.getByRole('heading', { name: 'Quyển sổ chứng thực', level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/hoso/quyensochungthuc');
      await page.getByText('Chưa có quyển sổ nào').waitFor();
    });

    it('has the guide’s form: its labels, its (*), its two hints', async () => {
      await button('Thêm Quyển sổ chứng thực').click();
      await page.getByRole('heading', { name: 'Quyển sổ chứng thực', level: 2 }).waitFor();
      const labels = await page.locator('dialog label, .window label').allInnerTexts();
      expect(labels).toEqual([
        'Tên sổ chứng thực: (*)',
        'Số ban đầu: (*)',
        'Ngày mở sổ: (*)',
        'Ngày đóng sổ: (*)',
      ]);
      for (const hint of [
        '* Sổ chứng thực được nhảy tự động theo thứ tự trong sổ theo dạng số/ĐT, ví dụ 001/ĐT',
        '* Tên sổ chứng thực mặc định có hậu tố: -SCTĐT/BS, người dùng không cần nhập',
      ]) {
        expect(await page.getByText(hint).count()).toBe(1);
      }
      await field('Tên sổ chứng thực').fill('01/2024');
      await field('Số ban đầu').fill('1');
      await page.getByRole('textbox', { name: 'Ngày mở sổ' }).fill('10/05/2024');
      await page.getByRole('textbox', { name: 'Ngày đóng sổ' }).fill('10/05/2024');
      expect(await seriousFaults(page)).toEqual([]);
      await picture(page, 'them-so');
    });

    it('is done by Cập nhật: the list shows the book, which can be edited still', async () => {
      await button('Cập nhật').click();
      await page.getByRole('link', { name: '01/2024-SCTĐT/BS' }).waitFor();
      const heads = await page.locator('thead th').allInnerTexts();
      expect(heads.map((text) => text.replace(/\s*[▲▼↕]\s*$/u, ''))).toEqual([
        'Tên quyển sổ chứng thực',
        'Số bắt đầu',
        'Ngày mở sổ',
        'Ngày đóng sổ',
        'Trạng thái',
        'Action',
      ]);
      const cells = await page.locator('tbody td').allInnerTexts();
      expect(cells.slice(0, 5)).toEqual([
        '01/2024-SCTĐT/BS',
        '1',
        '10/05/2024',
        '10/05/2024',
        'Đang mở',
      ]);
      await page.getByText('Hiển thị từ 1 đến 1 của 1 dòng').waitFor();
      expect(await field('Tìm kiếm').count()).toBe(1);
      expect(await button(/^Sửa sổ/).count()).toBe(1);
      expect(await button(/^Xóa sổ/).count()).toBe(1);
      expect(await seriousFaults(page)).toEqual([]);
      await picture(page, 'danh-sach-so');
    });

    it('tells what is refused in the service’s words beside the field, and keeps the rest', async () => {
      await button(/^Sửa sổ/).click();
      await page.getByRole('textbox', { name: 'Ngày đóng sổ' }).fill('09/05/2024');
      await button('Cập nhật').click();
      await page.getByText('Ngày đóng sổ không được trước Ngày mở sổ.').waitFor();
      expect(await page.evaluate('document.activeElement.value')).toBe('09/05/2024');
      await page.getByRole('textbox', { name: 'Ngày đóng sổ' }).fill('31122024');
      await button('Cập nhật').click();
      await page.getByRole('cell', { name: '31/12/2024' }).waitFor();
    });

    it('takes an edit back where the person thinks again', async () => {
      await button('Hoàn tác').click();
      await page.getByText('Đã hoàn tác').waitFor();
      await page.getByRole('cell', { name: '31/12/2024' }).waitFor({ state: 'detached' });
    });

    it('asks before what was typed is lost, and goes back by the browser’s own button', async () => {
      await button('Thêm Quyển sổ chứng thực').click();
      await field('Tên sổ chứng thực').fill('09/2024');
      await page.keyboard.press('Escape');
      await page.getByText('Nội dung đang nhập chưa được lưu').waitFor();
      await button('Rời đi, bỏ nội dung đang nhập').click();
      await button('Thêm Quyển sổ chứng thực').waitFor();
      await button('Thêm Quyển sổ chứng thực').click();
      await field('Tên sổ chứng thực').fill('09/2024');
      await page.goBack();
      await page.getByText('Nội dung đang nhập chưa được lưu').waitFor();
      await button('Ở lại').click();
      expect(await field('Tên sổ chứng thực').inputValue()).toBe('09/2024');
      await page.goBack();
      await button('Rời đi, bỏ nội dung đang nhập').click();
      await field('Tên sổ chứng thực').waitFor({ state: 'detached' });
      await button('Thêm Quyển sổ chứng thực').click();
      await field('Tên sổ chứng thực').waitFor();
      await page.goBack();
      await field('Tên sổ chứng thực').waitFor({ state: 'detached' });
    });
  });

  describe.each([
    {
      chapter: '2. Tạo chữ ký',
      role: 'certifier' as const,
      menu: 'Chữ ký',
      list: 'Danh sách chữ ký',
      name: 'Tên chữ ký',
      typed: 'Chữ ký lãnh đạo',
      image: 'Ảnh chữ ký',
      shot: 'chu-ky',
      draw: () => drawSignature({ fullName: 'Nguyễn Văn An', title: 'Phó Chủ tịch UBND' }),
    },
    {
      chapter: '3. Tạo con dấu',
      role: 'clerk' as const,
      menu: 'Con dấu',
      list: 'Danh sách con dấu',
      name: 'Tên con dấu',
      typed: 'Con dấu cơ quan',
      image: 'Ảnh con dấu',
      shot: 'con-dau',
      draw: () => drawSeal({ agency: 'UBND XÃ THƯỢNG MINH', place: 'H. BA BỂ - T. BẮC KẠN' }),
    },
  ])('$chapter', ({ role, menu, list, name, typed, image, shot, draw }) => {
    it('is under the name of the person', async () => {
      page = await console.enter(role);
      await page.getByRole('banner').getByRole('button').click();
      await page.getByRole('menuitem', { name: menu }).waitFor();
      await picture(page, `${shot}-menu`);
      await page.getByRole('menuitem', { name: menu }).click();
      await page.getByRole('heading', { name: list }).waitFor();
    });

    it('takes a name and a file, shows it, and is done by Cập nhật', async () => {
      await button('Thêm mới').click();
      await field(name).fill(typed);
      if (role === 'certifier') await field('Chức vụ/chức danh người ký').fill('Phó Chủ tịch UBND');
      await button('Cập nhật').click();
      await page.getByText(`Vui lòng chọn ${image}.`).waitFor();
      const buffer = await draw();
      const file = { name: `${shot}.png`, mimeType: 'image/png', buffer };
      await page.getByText('Chọn tệp').locator('input').setInputFiles(file);
      await page.getByRole('img', { name: 'Xem trước' }).waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await picture(page, `${shot}-them`);
      await button('Cập nhật').click();
      await page.getByRole('img', { name: `${image}: ${typed}` }).waitFor();
      await page.getByText('Đang sử dụng').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await picture(page, `${shot}-danh-sach`);
    });

    it('refuses a file that is no picture, with the remedy beside it', async () => {
      await button('Thêm mới').click();
      await field(name).fill('Tệp khác');
      if (role === 'certifier') await field('Chức vụ/chức danh người ký').fill('Phó Chủ tịch UBND');
      const file = {
        name: 'a.png',
        mimeType: 'image/png',
        buffer: Buffer.from('%PDF-1.7 no picture'),
      };
      await page.getByText('Chọn tệp').locator('input').setInputFiles(file);
      await button('Cập nhật').click();
      await page.getByText('Tệp phải là hình ảnh hợp lệ (PNG, JPG hoặc WebP).').waitFor();
    });
  });

  it('holds what two clerks change of a seal side by side', async () => {
    page = await console.enter('clerk', '/tai-khoan/con-dau');
    await button('Sửa Con dấu cơ quan').click();
    await field('Tên con dấu').fill('Con dấu xã');
    const other = await console.as('clerk', 'other.clerk');
    const { data } = await other.listSeals({ agency: 'BK-001' });
    const path = { agency: 'BK-001', id: data.items[0]?.id ?? '' };
    const { position } = await other.editSeal(path, { name: 'Con dấu UBND', isDefault: true });
    await other.listSeals({ agency: 'BK-001' }, {}, { readAfter: position });
    await button('Cập nhật').click();
    await page.getByText('Dữ liệu đã thay đổi trong lúc bạn đang sửa').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/Con dấu UBND\s+Con dấu xã/);
    expect(await seriousFaults(page)).toEqual([]);
    await button('Dùng nội dung tôi nhập').click();
    await page.getByLabel('Dùng làm mặc định').check();
    await button('Cập nhật').click();
    await page.getByRole('cell', { name: 'Con dấu xã Mặc định' }).waitFor();
    await page.context().close();
  }, 60_000);

  it.each([
    ['dark', { colorScheme: 'dark' as const }],
    ['360 pixels wide', { viewport: { width: 360, height: 740 } }],
  ])(
    'can be read %s',
    async (how, options) => {
      for (const [role, path] of [
        ['receiving-officer', '/hoso/quyensochungthuc'],
        ['receiving-officer', '/hoso/quyensochungthuc?them=true'],
        ['certifier', '/tai-khoan/chu-ky'],
        ['clerk', '/tai-khoan/con-dau?them=true'],
      ] as const) {
        page = await console.enter(role, path, options);
        expect([path, await seriousFaults(page), await isTooWide(page)]).toEqual([path, [], false]);
        if (path === '/hoso/quyensochungthuc')
          await picture(page, how === 'dark' ? 'toi' : 'dien-thoai');
        await page.context().close();
      }
    },
    60_000,
  );

  it('gave no browser anything to complain of', () => expect(console.complaints).toEqual([]));
});
