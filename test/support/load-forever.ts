/** Child process of the crash test: fills a collection without end, and says when it is under way. */
import { writeSync } from 'node:fs';
import { openSqliteReadStore } from '#read-store';

const [path = '', name = ''] = process.argv.slice(2);
const store = openSqliteReadStore(path);
const load = await store.load({ name, indexes: [['n']], searchable: ['text'] });
for (let n = 0; ; n += 1) {
  const doc = { n, text: 'Sổ chứng thực '.repeat(20) };
  await load.write([{ id: String(n), position: String(n).padStart(16, '0'), doc }]);
  if (n === 2000) {
    await load.getMany(['0']);
    writeSync(1, 'under way\n');
  }
}
