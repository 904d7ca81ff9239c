import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { benchOfficer } from './http.ts';
import { writeRegister } from './log.ts';
import { decimal, median, percentile, type Figure } from './report.ts';
import { bookIdOf } from './register-writer.ts';
import { startServer } from './servers.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Its book's id ends in this, and is of the API's shape. */
const AGENCY = '1000000000000001';
const KEY = { agency: AGENCY, type: 'SCTDT.BS', year: 2024 } as const;
const TODAY = '2024-12-31T08:00:00+07:00';
/** Of events, so many are numbers given. */
const GIVEN = 0.9;
const NAME = 'Trần Thị Bình';
/** Pixels a frame: a wheel that is turned as fast as one can. */
const STEP = 120;
/** Between two keys of somebody who types fast. */
const BETWEEN_KEYS_MS = 120;
/** An act is answered at once up to here (Nielsen; the Web's own INP calls 200 ms good). */
const AT_ONCE_MS = 100;
/** As much as the browser tells: what takes less is told as nothing. */
const LEAST_TOLD_MS = 16;

const LIST = '[role=region].tall';
/** Whatever is as long, and nothing in it. */
const EMPTY = `<body style="margin:0"><div class="tall" role="region" style="height:600px;overflow:auto"><div style="height:1000000px"></div></div></body>`;

/** Milliseconds between frames while something is scrolled for so long. */
const scroll = (page: Page, seconds: number): Promise<number[]> =>
  page.evaluate<number[]>(`new Promise((resolve) => {
    const box = document.querySelector('${LIST}');
    const [gaps, end] = [[], performance.now() + ${seconds * 1000}];
    let last;
    const frame = (now) => {
      if (last !== undefined) gaps.push(now - last);
      last = now;
      box.scrollTop += ${STEP};
      if (now < end) requestAnimationFrame(frame); else resolve(gaps);
    };
    requestAnimationFrame(frame);
  })`);

/** Has the browser note how long each act takes until it is seen (Event Timing). */
const watchActs = (page: Page): Promise<void> =>
  page.evaluate<undefined>(`(() => {
    window.acts = [];
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) if (one.interactionId) window.acts.push(one.duration);
    }).observe({ type: 'event', durationThreshold: ${LEAST_TOLD_MS} });
  })()`);

const WORDS = ['nguyen', 'thi hong', 'bang tot nghiep'];

/** Milliseconds of each act: words typed into the search, and states chosen. */
async function act(page: Page): Promise<number[]> {
  await watchActs(page);
  let acts = 0;
  const search = page.locator('input[name=search]');
  for (const word of WORDS) {
    await search.fill('');
    await search.pressSequentially(word, { delay: BETWEEN_KEYS_MS });
    acts += word.length;
  }
  await search.fill('');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
    await page.locator('select[name=state]').press(key);
    await delay(BETWEEN_KEYS_MS);
    acts += 1;
  }
  const told = await page.evaluate<number[]>('window.acts');
  const untold = Array.from({ length: Math.max(0, acts - told.length) }, () => LEAST_TOLD_MS);
  return [...told, ...untold];
}

/** Waits until the read models show the register. */
async function untilShown(url: string, folder: string, numbers: number): Promise<void> {
  const authorization = await benchOfficer(folder, [AGENCY]);
  const path = `${url}/v1/agencies/${AGENCY}/books/${bookIdOf(KEY)}/entries?limit=1`;
  for (;;) {
    const answer = await fetch(path, { headers: { authorization } });
    const { total = 0 } = (await answer.json()) as { total?: number };
    if (total >= numbers) return;
    await delay(500);
  }
}

async function measure(url: string, seconds: number) {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.setContent(EMPTY);
    const empty = await scroll(page, seconds);
    await page.goto(`${url}/hoso/quyensochungthuc/${bookIdOf(KEY)}`);
    await page.locator('input[name=agency]').fill(AGENCY);
    await page.getByRole('button', { name: NAME }).click();
    await page.locator(LIST).waitFor();
    const list = await scroll(page, seconds);
    return { empty, list, acts: await act(page) };
  } finally {
    await browser.close();
  }
}

const p99 = (gaps: readonly number[]): number => percentile(gaps, 0.99);

/** The console's register of so many numbers in a real browser: frames while it is scrolled, acts until they are seen. */
export async function benchScreens(
  folder: string,
  { entries, seconds }: { readonly entries: number; readonly seconds: number },
): Promise<Figure[]> {
  if (!existsSync(CHROMIUM)) {
    console.error(`no ${CHROMIUM}: the screens are not measured (CHROMIUM names another)`);
    return [];
  }
  await writeRegister(join(folder, 'events.db'), { ...KEY, events: entries });
  const api = await startServer('../apps/api/main.js', { DATA_DIR: folder, CLOCK_NOW: TODAY });
  try {
    await untilShown(api.url, folder, entries * GIVEN);
    const { empty, list, acts } = await measure(api.url, seconds);
    return [
      {
        name: `p99 between frames, ${decimal(entries)} numbers scrolled / empty`,
        ratio: p99(list) / p99(empty),
        goal: '≤ 2.00',
        detail: `${decimal(p99(list), 1)} against ${decimal(p99(empty), 1)} ms; longest ${decimal(Math.max(...list))} ms`,
      },
      {
        name: `p95 of typing and filtering until it is seen / ${AT_ONCE_MS} ms`,
        ratio: percentile(acts, 0.95) / AT_ONCE_MS,
        goal: '≤ 1.00',
        detail: `${decimal(percentile(acts, 0.95))} ms; median ${decimal(median(acts))}, longest ${decimal(Math.max(...acts))} of ${acts.length} acts`,
      },
    ];
  } finally {
    await api.stop();
  }
}
