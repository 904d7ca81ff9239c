/**
 * Compiles whatever a thread may load and is not compiled yet, so that none in a test has to wait for
 * it: before Jest, or as a process.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledFile } from './compiled.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default function compileAll() {
  for (const folder of ['apps', 'libs', 'test/support']) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      if (/(?<!\.d|\.spec)\.ts$/.test(name)) compiledFile(join(root, folder, name));
    }
  }
}

if (import.meta.main) compileAll();
