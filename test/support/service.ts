import type { ChildProcess } from 'node:child_process';
import { freePort } from './free-port.ts';
import { startProcess } from './processes.ts';
import { until } from './until.ts';

/** The service as a process of its own. */
export interface Service {
  readonly child: ChildProcess;
  readonly url: string;
}

/**
 * Starts the service; answers when it is ready. `onStarted` has the process before that.
 * @throws Error it ended before that
 */
export async function startService(
  env: Readonly<Record<string, string>>,
  onStarted: (child: ChildProcess) => void,
  entry = 'apps/api/main.ts',
): Promise<Service> {
  const port = String(await freePort());
  const child = startProcess(entry, [], { ...env, PORT: port });
  onStarted(child);
  const url = `http://127.0.0.1:${port}`;
  const ready = (): Promise<boolean> => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error('the service has ended');
    return fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await until(ready, 60_000);
  return { child, url };
}
