import { parseArgs } from 'node:util';
import { startEventStoreDbDouble } from './server.ts';

/**
 * The double as a process of its own, which may be killed and started again:
 *
 *   npm run -s ts -- test/support/eventstoredb/main.ts --port 2199 --file /tmp/double.db [--foreign 500]
 *
 * `--foreign` writes so many events of streams that are none of ours, as a shared server has them.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    file: { type: 'string' },
    foreign: { type: 'string', default: '0' },
  },
});
const { file, port, foreign } = values;
const double = await startEventStoreDbDouble({ port: Number(port), ...(file && { file }) });
double.writeForeign(Number(foreign));
console.log(double.connectionString);
