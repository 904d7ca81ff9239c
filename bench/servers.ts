import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface Server {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const START_MS = 30_000;
const LOOK_MS = 100;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** Starts a compiled entry point, told its PORT, and waits until it answers. @throws Error when it does not */
export async function startServer(
  entry: string,
  env: Readonly<Record<string, string>>,
): Promise<Server> {
  const port = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [fileURLToPath(new URL(entry, import.meta.url))], {
    env: { PATH, HOME, PORT: String(port), LOG_LEVEL: 'error', RATE_LIMIT: '0', ...env },
    // What it has to say is no part of what is measured, which alone goes to standard output.
    stdio: ['ignore', process.stderr, process.stderr],
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => end(child);
  try {
    await untilAnswered(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: Number(child.pid), stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function untilAnswered(url: string, child: ChildProcess): Promise<void> {
  const answers = (): Promise<boolean> =>
    fetch(url).then(
      () => true,
      () => false,
    );
  for (let waited = 0; waited < START_MS; waited += LOOK_MS) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended`);
    if (await answers()) return;
    await delay(LOOK_MS);
  }
  throw new Error(`${url} does not answer`);
}
