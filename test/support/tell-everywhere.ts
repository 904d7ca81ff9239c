/** Child process: tells a connection string in every way there is, the last of which ends it. */
import { setImmediate } from 'node:timers/promises';
import pino from 'pino';
import { maskOutput } from '#config';

maskOutput();
const { MONGODB_URL: url = '' } = process.env;
const [, password = ''] = /:([^:]*)@/.exec(url) ?? [];
const error = new Error(`no answer from ${url}`, { cause: { password } });

pino().error({ err: error, options: { auth: { password: decodeURIComponent(password) } } }, url);
console.log(error);
console.error(url);
process.emitWarning(`deprecated: ${url}`);
await setImmediate();
void Promise.reject(error);
