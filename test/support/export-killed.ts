/** Child process of the export test: exports a log, and is killed when the first chunk is in the file. */
import { exportLog, openSqliteEventStore } from '#event-store';

const [log = '', path = ''] = process.argv.slice(2);
const onProgress = (): void => void process.kill(process.pid, 'SIGKILL');
await exportLog(openSqliteEventStore(log), path, { onProgress });
