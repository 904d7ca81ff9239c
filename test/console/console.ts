import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { issueDevToken, type Role } from '#access';
import { createPortalClient, type PortalClient } from '#client';
import { loadConfig } from '#config';
import { startApi, type RunningApi } from '../../apps/api/app.ts';
import { GUIDE_DAY } from '../support/office.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Debian's browser, or the one that is named. */
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

export const AGENCY = 'BK-001';
const NAMES: Readonly<Record<Role, string>> = {
  'receiving-officer': 'Trần Thị Bình',
  certifier: 'Nguyễn Văn An',
  clerk: 'Hoàng Văn Thư',
  auditor: 'Lê Thị Kiểm',
  operator: 'Phạm Quản Trị',
};

type Env = Readonly<Record<string, string>>;

/** The service on the guide's day with its console, and a browser before it. */
export interface Console {
  readonly url: string;
  readonly api: RunningApi;
  /** Asks the service past the screens. */
  as(role: Role, account?: string, agencies?: readonly string[]): Promise<PortalClient>;
  /** A window of its own, with nobody in. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** One in which somebody has logged in by the role picker. */
  enter(role: Role, path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** What browsers said was wrong: scripts that failed, what the policy forbade. */
  readonly complaints: readonly string[];
  dispose(): Promise<void>;
}

/** The name the agency goes by. */
export async function nameAgency(console: Console): Promise<void> {
  const operator = await console.as('operator');
  await operator.registerAgency({ code: AGENCY, name: 'UBND xã Thượng Minh', level: 'commune' });
}

/** A book of the guide's day, by the officer who opened it, and where its screen is. */
export async function openedBook(console: Console) {
  const officer = await console.as('receiving-officer', 'binh.tran');
  const days = { openedOn: '2024-05-10', closesOn: '2024-12-31' };
  const book = { name: '01/2024', firstNumber: 1, ...days };
  const { data } = await officer.openBook({ agency: AGENCY }, book);
  const { bookId } = data.book;
  return { officer, bookId, path: `/hoso/quyensochungthuc/${bookId}` };
}

function build(): void {
  const { status, stderr } = spawnSync(process.execPath, ['built.mjs', '--console'], { cwd: root });
  if (status !== 0) throw new Error(`the console was not built: ${stderr.toString()}`);
}

/** What tells that something of the page is wrong, and not that the service refused something. */
function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isRefusal = /Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
}

export async function openConsole(extra: Env = {}): Promise<Console> {
  build();
  const dataDir = await mkdtemp(join(tmpdir(), 'console-'));
  const off = { RATE_LIMIT: '0', REFUSED_LIMIT: '0', LOG_LEVEL: 'silent', SEAL_SECONDS: '0' };
  const fixed = { CLOCK_NOW: GUIDE_DAY, CLOCK_FIXED: 'true' };
  const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', ...off, ...fixed, ...extra });
  const api = await startApi(config);
  const url = api.url.replace('[::1]', '127.0.0.1');
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  });
  const complaints: string[] = [];
  const open = async (path: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    listen(page, complaints);
    await page.goto(`${url}${path}`);
    return page;
  };
  return {
    url,
    api,
    complaints,
    open,
    enter: async (role, path = '/', options = {}) => {
      const page = await open(path, options);
      await page.getByRole('button', { name: NAMES[role] }).click();
      // A window before the page hides it from who cannot see, but for its own.
      await page.locator('#main h1').waitFor();
      return page;
    },
    as: async (role, account = role, agencies = [AGENCY]) => {
      const who = { account, name: NAMES[role], roles: [role], agencies: [...agencies] };
      const told = { ...who, audience: config.OIDC_AUDIENCE, lifetime: 600 };
      return createPortalClient({ baseUrl: url, token: await issueDevToken(dataDir, told) });
    },
    dispose: async () => {
      await browser.close();
      await api.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Keeps what the page asks of these addresses on its way, until the function is called that this gives. */
export async function hold(page: Page, addresses: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(addresses, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violations {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What axe finds on the page that is serious or worse (WCAG 2.2 AA and good practice). */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(await axe);
  const found = await page.evaluate<Violations>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Whether the page is wider than its window: something on it would have to be scrolled sideways. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');

/** The picture of a screen in the user guide: held against the one that is there, or written (`SCREENSHOTS=write`). */
export async function picture(page: Page, name: string): Promise<void> {
  const isWriting = process.env['SCREENSHOTS'] === 'write';
  const path = join(root, 'docs/screenshots', `${name}.png`);
  await page.mouse.move(0, 0);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const png = await page.screenshot({
    caret: 'hide',
    animations: 'disabled',
    ...(isWriting && { path }),
  });
  if (png.length === 0) throw new Error(`${name} shows nothing`);
  if (isWriting) return;
  const how = 'SCREENSHOTS=write npm test -- test/console';
  if (!existsSync(path)) throw new Error(`docs/screenshots/${name}.png is missing: ${how}`);
  const apart = await differenceOf(png, await readFile(path));
  if (apart > ALIKE)
    throw new Error(
      `${name} no longer looks as docs/screenshots/${name}.png (${apart.toFixed(1)}): ${how}`,
    );
}

/** So far two pictures of the same screen may be apart: other fonts, a code that is drawn at random. */
const ALIKE = 5;

/** How far two pictures are apart from afar, in steps of 255: what is read in them does not count, where it stands does. */
async function differenceOf(...pictures: readonly Buffer[]): Promise<number> {
  const [one, other] = await Promise.all(
    pictures.map((png) =>
      sharp(png).resize(64, 40, { fit: 'fill' }).removeAlpha().raw().toBuffer(),
    ),
  );
  if (!one || !other) throw new Error('two pictures are compared');
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}
