#!/usr/bin/env node
/** `npx so-chung-thuc-verify`: runs what is built, on whatever Node there is. */
import { fileURLToPath } from 'node:url';

process.argv.splice(
  2,
  0,
  fileURLToPath(new URL('../../dist/apps/verify/main.js', import.meta.url)),
);
await import(new URL('../../built.mjs', import.meta.url));
