import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const outDir = join(here, '../../dist/console');
const API = process.env.API ?? 'http://127.0.0.1:3000';

/** Every text is kept compressed beside itself, so that nothing is compressed while it is served. */
const compressed = () => ({
  name: 'compressed',
  apply: 'build',
  closeBundle() {
    const names = readdirSync(outDir, { recursive: true });
    for (const name of names.filter((one) => /\.(js|css|html|svg)$/.test(one))) {
      const file = join(outDir, name);
      const bytes = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(bytes));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    }
  },
});

export default defineConfig({
  root: here,
  plugins: [react(), compressed()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: {
    outDir,
    emptyOutDir: true,
    // A policy without inline code has no place for what is written into the page.
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    target: 'es2023',
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: 700,
  },
  server: {
    // Addresses of the console are none of the API's: see apps/api/console/console.ts.
    proxy: Object.fromEntries(
      ['/v1', '/docs', '/health', '/metrics', '/tlog'].map((path) => [path, API]),
    ),
  },
});
