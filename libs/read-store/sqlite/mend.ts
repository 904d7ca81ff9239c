import { checkDoc } from '../checks.ts';
import type { CollectionSpec, Mending } from '../port.ts';
import { searchText } from '../text.ts';
import { tableOf } from './collections.ts';
import { ifThere } from './documents.ts';
import type { Statements } from './statements.ts';

/** One statement each, so that nobody comes between looking and writing. */
export function mendDocument(
  statements: Statements,
  spec: CollectionSpec,
  { id, found, doc }: Mending,
): boolean {
  const table = tableOf(spec);
  const changes = (sql: string, ...values: unknown[]): boolean =>
    ifThere(() => statements(sql).run(...values).changes, 0) === 1;
  if (!doc) {
    if (found === undefined) return true;
    return changes(`DELETE FROM ${table} WHERE id = ? AND position = ?`, id, found);
  }
  checkDoc(id, doc.doc);
  const { position } = doc;
  const columns = [position, JSON.stringify(doc.doc), searchText(spec, doc.doc)];
  if (found === undefined) {
    const insert = `INSERT INTO ${table} (id, position, doc, search) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`;
    return changes(insert, id, ...columns);
  }
  const update = `UPDATE ${table} SET position = ?, doc = ?, search = ? WHERE id = ? AND position = ?`;
  return changes(update, ...columns, id, found);
}
