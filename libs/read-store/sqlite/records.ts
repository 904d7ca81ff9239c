import type { Database } from 'better-sqlite3';
import type { Doc, VersionedRecord } from '../port.ts';
import { durably } from './database.ts';
import type { Statements } from './statements.ts';

export function readRecord(statements: Statements, key: string): VersionedRecord | undefined {
  const row = statements('SELECT version, value FROM control WHERE key = ?').get(key);
  if (!row) return undefined;
  const [version, value] = row as [number, string];
  return { version, value: JSON.parse(value) as Doc };
}

interface Writing {
  readonly value: Doc;
  readonly expected: number;
  readonly durable: 'durable' | undefined;
}

export function writeRecord(
  { db, statements }: { readonly db: Database; readonly statements: Statements },
  key: string,
  { durable, ...writing }: Writing,
): boolean {
  const write = (): boolean => compareAndSet(statements, key, writing);
  return durable ? durably(db, write) : write();
}

function compareAndSet(
  statements: Statements,
  key: string,
  { value, expected }: Pick<Writing, 'value' | 'expected'>,
): boolean {
  const text = JSON.stringify(value);
  const { changes } =
    expected === 0
      ? statements(
          'INSERT INTO control (key, version, value) VALUES (?, 1, ?) ON CONFLICT DO NOTHING',
        ).run(key, text)
      : statements(
          'UPDATE control SET version = version + 1, value = ? WHERE key = ? AND version = ?',
        ).run(text, key, expected);
  return changes === 1;
}

/** Those whose keys end in `:` and the collection's name. */
export function removeRecordsOf(statements: Statements, name: string): void {
  const suffix = `:${name}`;
  statements('DELETE FROM control WHERE substr(key, -length(?)) = ?').run(suffix, suffix);
}
