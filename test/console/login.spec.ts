import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Request } from 'playwright-core';
import { hasChromium, openConsole, type Console } from './console.ts';
import { startProvider, type IdentityProvider } from './provider.ts';

const withBrowser = hasChromium ? describe : describe.skip;
const BOOKS = '/hoso/quyensochungthuc';

const pathOf = (page: Page): string => new URL(page.url()).pathname;
/** Everything the browser keeps for the page. */
const kept = (page: Page): Promise<string> =>
  page.evaluate<string>(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
  );
const TOKEN = /eyJ[\w-]+\.[\w-]+\./;

withBrowser('logging in by the role picker', () => {
  let console: Console;
  beforeAll(async () => {
    console = await openConsole();
  }, 120_000);
  afterAll(() => console.dispose());

  it('leads to where one wanted to be, and keeps no token', async () => {
    const page = await console.enter('receiving-officer', `${BOOKS}?trangthai=open`);
    expect(page.url()).toContain(`${BOOKS}?trangthai=open`);
    expect(await kept(page)).not.toMatch(TOKEN);
  });

  it('lasts while the page is loaded again, until one logs out', async () => {
    const page = await console.enter('receiving-officer', BOOKS);
    await page.reload();
    await page.locator('#main h1').getByText('Quyển sổ chứng thực').waitFor();
    await page.getByRole('banner').getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    await page.goto(`${console.url}${BOOKS}`);
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  });

  it('is asked again where the service no longer takes the token, and goes on where it was', async () => {
    const page = await console.enter('receiving-officer', BOOKS);
    const problem = {
      code: 'UNAUTHENTICATED',
      status: 401,
      title: 'Chưa đăng nhập',
      detail: 'Hết hạn',
    };
    await page.route('**/v1/agencies/**', (route) => route.fulfill({ status: 401, json: problem }));
    await page.getByLabel('Tìm kiếm').fill('01');
    await page.getByText('Phiên làm việc đã hết').waitFor();
    await page.unroute('**/v1/agencies/**');
    await page.getByRole('button', { name: 'Trần Thị Bình' }).click();
    await page.locator('#main h1').getByText('Quyển sổ chứng thực').waitFor();
    expect(pathOf(page)).toBe(BOOKS);
  });

  it('goes to no other site, whatever the address asks', async () => {
    const page = await console.enter('receiving-officer', '/dang-nhap?to=%2F%2Fevil.example%2Fx');
    expect(new URL(page.url()).origin).toBe(console.url);
  });

  it('gave no browser anything to complain of', () => expect(console.complaints).toEqual([]));
});

withBrowser('logging in at an OpenID provider', () => {
  let console: Console;
  let provider: IdentityProvider;
  let page: Page;
  beforeAll(async () => {
    provider = await startProvider(() => console.url);
    console = await openConsole({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: 'so-chung-thuc-console',
      OIDC_RESOURCE: 'urn:so-chung-thuc',
    });
  }, 120_000);
  afterAll(async () => {
    await console.dispose();
    await provider.close();
  });

  it('is by code with PKCE, and comes back to the page one wanted', async () => {
    page = await console.open(`${BOOKS}?trangthai=open`);
    const asked = page.waitForRequest((request) =>
      request.url().startsWith(`${provider.issuer}/auth?`),
    );
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    const query = new URL((await asked).url()).searchParams;
    expect([query.get('response_type'), query.get('code_challenge_method')]).toEqual([
      'code',
      'S256',
    ]);
    // What the ID token has to repeat, as the state is what the answer has to.
    expect([query.get('nonce'), query.get('state')]).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      expect.stringMatching(/^[0-9a-f]{32}$/),
    ]);
    await page.locator('input[name=login]').fill('binh.tran');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    const isRenewal = (request: Request) =>
      request.postData()?.includes('grant_type=refresh_token') ?? false;
    let lost = 0;
    await page.route(`${provider.issuer}/token`, (route) =>
      isRenewal(route.request()) && (lost += 1) === 1 ? route.abort() : route.continue(),
    );
    const renewed = page.waitForResponse((answer) => isRenewal(answer.request()), {
      timeout: 30_000,
    });
    await page.locator('button[type=submit]').click();
    await page.locator('#main h1').getByText('Quyển sổ chứng thực').waitFor();
    expect(page.url()).toContain(`${BOOKS}?trangthai=open`);
    await page.getByRole('button', { name: 'Trần Thị Bình' }).waitFor();
    expect(await kept(page)).not.toMatch(TOKEN);
    // Before its end the token is renewed, in silence, though an answer was lost; the page goes on by the new one.
    expect([(await renewed).status(), lost]).toEqual([200, 2]);
    await page.unroute(`${provider.issuer}/token`);
    await page.getByRole('button', { name: 'Thêm Quyển sổ chứng thực' }).click();
    await page.getByLabel('Tên sổ chứng thực').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Tên sổ chứng thực').waitFor({ state: 'detached' });
  }, 60_000);

  it('goes on where the service refuses a token that can be renewed', async () => {
    await page.route('**/v1/agencies/**', (route) => route.fulfill({ status: 401, json: {} }), {
      times: 1,
    });
    const renewed = page.waitForRequest(`${provider.issuer}/token`);
    const listed = page.waitForResponse((answer) => answer.url().includes('/books') && answer.ok());
    await page.getByLabel('Tìm kiếm').fill('01');
    await Promise.all([renewed, listed]);
    expect(pathOf(page)).toBe(BOOKS);
  });

  it('is known there when the page is loaded again: nobody is asked', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Trần Thị Bình' }).waitFor();
  });

  it('ends here and there', async () => {
    await page.goto(`${console.url}${BOOKS}`);
    await page.getByRole('button', { name: 'Trần Thị Bình' }).click();
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.locator('input[name=login]').waitFor();
  });

  it('that came to nothing is said, and can be tried again', async () => {
    page = await console.open('/dang-nhap/xong?error=access_denied&state=unknown');
    await page.getByText('Đăng nhập không thành công').waitFor();
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  });

  it('offers no role picker', async () => {
    page = await console.open('/dang-nhap');
    await page.getByRole('button', { name: 'Đăng nhập' }).waitFor();
    expect(await page.getByText('Trần Thị Bình').count()).toBe(0);
  });
});
