/**
 * The service, and before it Vite, which changes the console in the open page as its files change:
 *
 *   npm run dev
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const service = spawn(process.execPath, ['dist/apps/api/main.js'], { cwd: root, stdio: 'inherit' });
const { PORT = '3000' } = process.env;
process.env.API ??= `http://127.0.0.1:${PORT}`;
const server = await createServer({
  configFile: fileURLToPath(new URL('vite.config.js', import.meta.url)),
});
await server.listen();
server.printUrls();
service.once('exit', (status) => process.exit(status ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => service.kill('SIGTERM'));
