import { setTimeout as delay } from 'node:timers/promises';

/** The service did not come up; the message says which. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** Waits until the service answers that it is ready. @throws NotReady when it has not in time */
export async function untilReady(url: string, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (performance.now() > end) throw new NotReady(`${url} is not ready`);
    await delay(100);
  }
}
