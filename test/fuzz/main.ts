/**
 * Fuzz run over the API's own document, against a service on the embedded stores:
 *
 *   npm run fuzz -- [--requests 20000] [--seed 7] [--seconds 600] [--connections 8] [--role clerk | --role every]
 *
 * Ends with 1 when an answer is a 5xx or not as documented, when the log or a read model is not as
 * it must be, when an operation was never carried out, or when the time was up too early. The seed
 * makes the same requests again; in the same order only over one connection. In a role every other
 * request brings its token, and only the operations that are for it have to be carried out; in every
 * one means so many requests in each, one service after the other.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { roles, type Role } from '#access';
import { loadConfig } from '#config';
import { startApi } from '../../apps/api/app.ts';
import { brokenInvariants } from './invariants.ts';
import { report } from './report.ts';
import { run, type Asked } from './run.ts';

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
  return {
    inRoles: rolesNamed(values.role),
    requests: read('requests'),
    seed: read('seed'),
    seconds: read('seconds'),
    connections: read('connections'),
  };
}

function rolesNamed(name: string | undefined): readonly (Role | undefined)[] {
  if (name === undefined) return [undefined];
  const named = name === 'every' ? roles : roles.filter((role) => role === name);
  if (named.length === 0) throw new RangeError(`--role is one of ${roles.join(', ')}, or every`);
  return named;
}

/** A run against a service of its own. @returns its exit status */
async function fuzz(asked: Asked): Promise<number> {
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

async function main(args: readonly string[]): Promise<number> {
  const { inRoles, ...asked } = settings(args);
  let worst = 0;
  for (const role of inRoles) worst = Math.max(worst, await fuzz({ ...asked, role }));
  return worst;
}

process.exitCode = await main(process.argv.slice(2));
