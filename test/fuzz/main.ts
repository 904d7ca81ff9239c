/**
 * Fuzz run over the API's own document, against a service on the embedded stores:
 *
 *   npm run fuzz -- [--requests 20000] [--seed 7] [--seconds 600] [--connections 8] [--role clerk]
 *
 * Ends with 1 when an answer is a 5xx or not as documented, when the log or a read model is not as
 * it must be, when an operation was never carried out, or when the time was up too early. The seed
 * makes the same requests again; in the same order only over one connection. In a role every other
 * request brings its token, and only the operations that are for it have to be carried out.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { roles } from '#access';
import { loadConfig } from '#config';
import { startApi } from '../../apps/api/app.ts';
import { brokenInvariants } from './invariants.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const options = {
  requests: { type: 'string', default: '20000' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  seconds: { type: 'string', default: '600' },
  connections: { type: 'string', default: '8' },
  role: { type: 'string' },
} as const;

function settings(args: readonly string[]) {
  const { values } = parseArgs({ args: [...args], options });
  const read = (name: Exclude<keyof typeof options, 'role'>): number => {
    const value = Number(values[name]);
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`--${name} is a whole number`);
    return value;
  };
  const role = roles.find((one) => one === values.role);
  if (values.role !== undefined && role === undefined)
    throw new RangeError(`--role is one of ${roles.join(', ')}`);
  return {
    role,
    requests: read('requests'),
    seed: read('seed'),
    seconds: read('seconds'),
    connections: read('connections'),
  };
}

async function main(args: readonly string[]): Promise<number> {
  const asked = settings(args);
  const who = asked.role === undefined ? '' : `, every other one by ${asked.role}`;
  console.log(`seed ${asked.seed}: ${asked.requests} requests, ${asked.connections} at once${who}`);
  const dataDir = await mkdtemp(join(tmpdir(), 'fuzz-'));
  const config = loadConfig({
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    RATE_LIMIT: '0',
    REFUSED_LIMIT: '0',
    VERIFY_LIMIT: '0',
    CLOCK_NOW: '2024-05-10T08:00:00+07:00',
  });
  const api = await startApi(config);
  try {
    const result = await run(api.url, dataDir, asked);
    const invariants = await brokenInvariants(api, dataDir);
    return report(asked, result, invariants);
  } finally {
    await api.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
