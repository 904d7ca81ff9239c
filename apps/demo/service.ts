import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { untilReady } from './ready.ts';

/** The guide's example lives on this day. */
const GUIDE_DAY = '2024-05-10T08:00:00+07:00';
const API = fileURLToPath(new URL('../api/main.js', import.meta.url));

export interface DemoService {
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** The service on its embedded default, in a folder of its own, on the guide's day. */
export async function startService(): Promise<DemoService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'demo-'));
  const port = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [API], {
    env: {
      PATH,
      HOME,
      DATA_DIR: dataDir,
      PORT: String(port),
      CLOCK_NOW: GUIDE_DAY,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(url, 20_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, dataDir, stop };
}
