import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { startRelay, type Relay } from '../support/relay.ts';
import { until } from '../support/until.ts';
import { hasChromium, openConsole, type Console } from './console.ts';

const withBrowser = hasChromium ? describe : describe.skip;

withBrowser('a service that falls silent, in a browser', () => {
  let console: Console;
  let relay: Relay;

  beforeAll(async () => {
    console = await openConsole();
    relay = await startRelay(Number(new URL(console.url).port));
  }, 120_000);
  afterAll(async () => {
    await console.dispose();
    await relay.stop();
  });

  it('is told of to operators, though nobody has ended a connection', async () => {
    const page = await console.open('/');
    await page.clock.install();
    await page.goto(`http://127.0.0.1:${relay.port}/`);
    await page.getByRole('button', { name: 'Phạm Quản Trị' }).click();
    await page.getByRole('cell', { name: /^register_entries/ }).waitFor();
    await page.getByText('Cấp số: hoạt động').waitFor();
    relay.weather('silent');
    for (const told of ['Mất kết nối theo dõi', 'Cấp số: không rõ', 'Tra cứu: không rõ']) {
      await until(async () => {
        await page.clock.fastForward(5000);
        return (await page.getByText(told).count()) > 0;
      });
    }
    relay.weather('fair');
    await until(async () => {
      await page.clock.fastForward(5000);
      return (await page.getByText('Cấp số: hoạt động').count()) > 0;
    });
    await page.context().close();
  }, 120_000);
});
