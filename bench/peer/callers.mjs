/**
 * Callers who each ask for the next number the moment they have one, for so many seconds; a caller
 * keeps to one book. Prints {"seconds", "numbers"}: what a peer is measured by.
 *
 * @param assign gives the caller's n-th document of this run a number of a book: durable when it settles
 * @param givenIn the numbers a book holds afterwards, in order. They must be 1, 2, 3 …
 */
import { assignment } from '../../dist/bench/register-writer.js';
import { createSamples } from '../../dist/bench/samples.js';

const [seconds = '1', callers = '64', books = '1'] = process.argv.slice(2);
/** What the peer needs beside that: a folder, an address. */
export const [, , , , , place = ''] = process.argv;
export const bookCodes = Array.from({ length: Number(books) }, (_, book) => `BK-${book + 1}`);

const samples = createSamples(7);
let documents = 0;

/** What a desk asks for, as ours are: a document of its own, of a register's lengths. */
function nextRequest(agency) {
  documents += 1;
  const key = { agency, type: 'SCTDT.BS', year: 2024 };
  const given = { samples, today: '2024-12-28' };
  const { type, register, ...request } = assignment(key, `B-${documents}`, given);
  return request;
}

const turns = new Map();

/** Does one work after another of one name: a favour to those whom many at once only keep from working. */
export async function inTurn(name, work) {
  const mine = (turns.get(name) ?? Promise.resolve()).then(work);
  turns.set(
    name,
    mine.catch(() => undefined),
  );
  return mine;
}

async function callFor(milliseconds, assign) {
  let numbers = 0;
  const start = performance.now();
  const caller = async (_, index) => {
    const book = bookCodes[index % bookCodes.length];
    while (performance.now() < start + milliseconds) {
      await assign(book, nextRequest(book));
      numbers += 1;
    }
  };
  await Promise.all(Array.from({ length: Number(callers) }, caller));
  return { seconds: (performance.now() - start) / 1000, numbers };
}

export async function measure({ assign, givenIn }) {
  const found = await callFor(Number(seconds) * 1000, assign);
  let held = 0;
  for (const book of bookCodes) {
    const numbers = await givenIn(book);
    numbers.forEach((number, index) => {
      if (number !== index + 1)
        throw new Error(`${book}: ${number} stands where ${index + 1} belongs`);
    });
    held += numbers.length;
  }
  if (held !== found.numbers) throw new Error(`${found.numbers} were given, ${held} are held`);
  console.log(JSON.stringify(found));
}
