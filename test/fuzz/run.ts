import fc from 'fast-check';
import type { Role } from '#access';
import { after, createPortalClient } from '#client';
import { readDocument, type Document } from './document.ts';
import { faultOf, operationsOf } from './judge.ts';
import { harvest, Memory } from './memory.ts';
import { drawPictures } from './pictures.ts';
import { isIn, showsMay, tokenFor } from './roles.ts';
import { aim, sender, type Answer, type Sent } from './send.ts';
import { shots, shotsOf, type Pictures, type Shot } from './shots.ts';
import { issueTokens, type Tokens } from './tokens.ts';
import { keepWaiting, TWO } from './two.ts';

export interface Asked {
  readonly requests: number;
  readonly seed: number;
  readonly seconds: number;
  readonly connections: number;
  /** Whose token every other request brings; undefined: whoever's it was drawn for. */
  readonly role: Role | undefined;
}
export interface Fault {
  readonly what: string;
  readonly operation: string;
  readonly sent: Sent;
  readonly answer: Answer | undefined;
}
export interface Result {
  readonly sent: number;
  readonly seconds: number;
  readonly faults: readonly Fault[];
  /** In which role, where it was one. */
  readonly role: Role | undefined;
  /** Answers by operation and status, to requests in that role. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly document: Document;
}

const AGENCIES = ['BK-001', 'BK-002', 'BK-003'];
/** A number of them that has no divisor in common with what `Memory.where` divides by: each is reached. */
const QUIET = Array.from({ length: 149 }, (_, at) => `BK-${101 + at}`);
const BATCH = 250;
/** So many requests and more are expected to carry out every operation. */
export const ENOUGH = 5000;
const quietAt = (turn: number): string => QUIET[turn % QUIET.length] ?? '';
/** How often, at most, an operation is asked again by itself until it has been carried out. */
const INSISTENCE = 2000;

interface Range {
  readonly role: Role | undefined;
  readonly url: string;
  readonly memory: Memory;
  readonly tokens: Tokens;
  readonly document: Document;
  readonly pictures: readonly Buffer[];
  readonly send: (sent: Sent) => Promise<Answer>;
  readonly answers: Map<string, Map<number, number>>;
  readonly faults: Fault[];
  /** How many books each agency was opened: names go up to 999. */
  readonly books: Map<string, number>;
}

/** Sends the requests of a seed and judges every answer. */
export async function run(url: string, dataDir: string, asked: Asked): Promise<Result> {
  const { files, good } = await drawPictures();
  const document = await readDocument(url);
  const { send, close } = sender(url, asked.connections);
  const tokens = await issueTokens(dataDir, [...AGENCIES, ...QUIET, ...TWO]);
  const memory = new Memory(AGENCIES, QUIET);
  const range: Range = {
    role: asked.role,
    url,
    memory,
    tokens,
    document,
    pictures: files,
    send,
    answers: new Map(),
    faults: [],
    books: new Map(),
  };
  const drawn = { good, all: files.length };
  const arbitrary = shots(document, drawn);
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  let sent = 0;
  for (let batch = 0; sent < asked.requests && seconds() < asked.seconds; batch += 1) {
    await keepOpen(range, quietAt(batch));
    await keepWaiting(range);
    const numRuns = Math.min(BATCH, asked.requests - sent);
    const list = fc.sample(arbitrary, { seed: asked.seed + batch, numRuns });
    await Promise.all(Array.from({ length: asked.connections }, () => fireAll(range, list)));
    sent += numRuns;
  }
  await insist(range, drawn, asked);
  close();
  const { answers, faults } = range;
  return { sent, seconds: seconds(), faults, answers, document, role: asked.role };
}

/**
 * Only where a read model has met an event it cannot take, or while one is rebuilt: no request brings
 * that about for sure. And what takes a signature of the very file that was stamped just before.
 */
const OF_FAULTS = /^POST \/v1\/projections\/\{projection\}\/(retry|skip|call-off)$|\/signed-copy$/;

/** Operations nothing has come of yet; in one role, of those that are for it. */
export const untouched = ({
  answers,
  document,
  role,
}: Pick<Result, 'answers' | 'document' | 'role'>) =>
  document.operations.filter(({ key }) => {
    const statuses = [...(answers.get(key)?.keys() ?? [])];
    const isFor = role === undefined || showsMay(statuses);
    return isFor && !OF_FAULTS.test(key) && !statuses.some((status) => status < 300);
  });

/**
 * Asks what chance never let through again by itself. Only a run of some length is expected to have
 * carried out everything; what is then still untouched is a fault of the service or of the document.
 */
async function insist(range: Range, pictures: Pictures, asked: Asked): Promise<void> {
  if (asked.requests < ENOUGH) return;
  for (const operation of untouched(range)) {
    const arbitrary = fc.noBias(shotsOf(operation, range.document, pictures));
    for (let tried = 0; tried < INSISTENCE && untouched(range).includes(operation); tried += 50) {
      await keepOpen(range, quietAt(QUIET.length - 1 - tried / 50));
      await keepWaiting(range);
      const list = fc.sample(arbitrary, { seed: asked.seed + tried, numRuns: 50 });
      await fireAll(range, list);
    }
  }
}

/** Takes from the list until it is empty; several do so side by side. */
async function fireAll(range: Range, list: Shot[]): Promise<void> {
  for (let shot = list.shift(); shot; shot = list.shift()) await fire(range, shot);
}

function count(answers: Range['answers'], key: string, status: number): void {
  const counts = answers.get(key) ?? new Map<number, number>();
  answers.set(key, counts.set(status, (counts.get(status) ?? 0) + 1));
}

async function fire(range: Range, shot: Shot): Promise<void> {
  const { memory, pictures, document } = range;
  const token = tokenFor(shot, range.role);
  const sent = aim(shot, { memory, pictures, authorization: range.tokens[token] });
  const operation = operationsOf(document, sent)[0];
  const key = operation?.key ?? 'outside the document';
  let answer: Answer | undefined;
  try {
    answer = await range.send(sent);
  } catch (error) {
    range.faults.push({ what: `no answer: ${String(error)}`, operation: key, sent, answer });
    return;
  }
  if (isIn(token, range.role)) count(range.answers, key, answer.status);
  const what = faultOf(document, sent, answer);
  if (what !== undefined) range.faults.push({ what, operation: key, sent, answer });
  if (!operation || answer.status >= 300 || !/json/.test(answer.headers['content-type'] ?? ''))
    return;
  harvest(memory, operation.path, sent.agency, JSON.parse(answer.body.toString()));
}

const open = { firstNumber: 1, openedOn: '2024-05-10', closesOn: '2024-12-31' };
/** The run itself draws names below. */
const FIRST_BOOK = 200;

/**
 * Sees to it that every agency has a book that takes numbers, since the run itself keeps closing them,
 * and that there is one more somewhere that nobody has taken a number of.
 */
async function keepOpen(
  { url, tokens, memory, books: opens }: Range,
  quiet: string,
): Promise<void> {
  const token = String(tokens.all).replace('Bearer ', '');
  const portal = createPortalClient({ baseUrl: url, token });
  for (const agency of [...AGENCIES, quiet]) {
    const path = { agency };
    const books = '/v1/agencies/{agency}/books' as const;
    const query = { year: 2024, limit: 100 };
    const { data } = await portal.get(books, { params: { path, query } });
    const usable = data.items.find(({ status }) => status === 'open');
    if (usable) {
      if (agency !== quiet) memory.openBook(agency, usable.bookId);
      continue;
    }
    for (const { bookId, status } of data.items) {
      if (status === 'awaiting-close' || status === 'not-yet-open')
        await extend(portal, agency, bookId);
    }
    const register = { agency, type: 'SCTDT.BS', year: 2024 } as const;
    const next = await portal.nextBook(register);
    const count = (opens.get(agency) ?? FIRST_BOOK) + 1;
    opens.set(agency, count);
    const name = `${count}/2024`;
    const body = { ...open, name, firstNumber: next.data.firstNumber };
    const opened = await portal.post(books, { params: { path }, body });
    await portal.get(books, { params: { path, header: after(opened) } });
    const { bookId } = opened.data.book;
    if (agency === quiet) memory.place('book', { agency, bookId });
    else memory.openBook(agency, bookId);
  }
}

/** Closes a book that neither takes numbers nor lets another one do so. */
async function extend(
  portal: ReturnType<typeof createPortalClient>,
  agency: string,
  bookId: string,
) {
  const path = { agency, bookId };
  const body = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Phó Chủ tịch UBND' };
  await portal.post('/v1/agencies/{agency}/books/{bookId}/close', { params: { path }, body });
}
