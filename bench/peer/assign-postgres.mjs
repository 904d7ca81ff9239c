/**
 * Numbers the plain way most registers are built: a row that holds a book's last number, locked while
 * the entry is inserted; one transaction each, as durable as PostgreSQL is by default.
 *
 *   node assign-postgres.mjs <seconds> <callers> <books> <folder of the server's socket>
 */
import pg from 'pg';
import { bookCodes, measure, place } from './callers.mjs';

const pool = new pg.Pool({ host: place, user: 'bench', database: 'postgres', max: 64 });
await pool.query(`
  DROP TABLE IF EXISTS entries, books;
  CREATE TABLE books (code text PRIMARY KEY, last_number integer NOT NULL);
  CREATE TABLE entries (
    book text NOT NULL REFERENCES books,
    number integer NOT NULL,
    dossier text NOT NULL,
    document integer NOT NULL,
    entry jsonb NOT NULL,
    PRIMARY KEY (book, number),
    UNIQUE (book, dossier, document)
  )`);
for (const code of bookCodes) await pool.query('INSERT INTO books VALUES ($1, 0)', [code]);

const lock = {
  name: 'lock',
  text: 'SELECT last_number FROM books WHERE code = $1 FOR UPDATE',
};
const insert = { name: 'insert', text: 'INSERT INTO entries VALUES ($1, $2, $3, $4, $5)' };
const update = { name: 'update', text: 'UPDATE books SET last_number = $2 WHERE code = $1' };

async function assign(book, request) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query(lock, [book]);
    const number = rows[0].last_number + 1;
    const { dossier, document } = request;
    await client.query(insert, [book, number, dossier, document, JSON.stringify(request)]);
    await client.query(update, [book, number]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function givenIn(book) {
  const sql = 'SELECT number FROM entries WHERE book = $1 ORDER BY number';
  const { rows } = await pool.query(sql, [book]);
  return rows.map(({ number }) => number);
}

await measure({ assign, givenIn });
await pool.end();
