import { Known, type KnownKind } from './values.ts';

/** Where something stands: the path parameters that lead to it. */
export type Where = Readonly<Record<string, string>>;
type Thing =
  | 'request'
  | 'book'
  | 'entry'
  | 'signature'
  | 'seal'
  | 'mandate'
  | 'dossier'
  | 'agency'
  | 'proposal'
  | 'own proposal'
  | 'export'
  | 'copy';

const MOST = 300;
/** Some are listed, some counted, some empty. */
const READ_MODELS = ['seal_list', 'figures', 'proposals'];

/**
 * What the answers so far have told: ids, revisions, positions. Later requests are made of it, so
 * that many of them meet something that exists.
 */
export class Memory {
  private readonly places: Record<Thing, Where[]> = {
    book: [],
    entry: [],
    signature: [],
    seal: [],
    mandate: [],
    dossier: [],
    agency: [],
    request: [],
    proposal: [],
    'own proposal': [],
    export: [],
    copy: [],
  };
  private readonly values = new Map<KnownKind, unknown[]>();
  /** Books that can take numbers, one of each agency. */
  private readonly openBooks = new Map<string, Where>();

  /** A book and a number where two accounts have to agree. */
  private two: Where | undefined;

  /**
   * @param agencies those the run keeps a book open in
   * @param quiet those whose books only the requests themselves open
   */
  constructor(
    private readonly agencies: readonly string[],
    private readonly quiet: readonly string[],
  ) {}

  remember(kind: KnownKind, value: unknown): void {
    if (value === undefined || value === null) return;
    const list = this.values.get(kind) ?? [];
    this.values.set(kind, list);
    push(list, value);
  }

  place(thing: Thing, where: Where): void {
    push(this.places[thing], where);
  }

  openBook(agency: string, bookId: string): void {
    this.openBooks.set(agency, { agency, bookId });
  }

  twoAccounts(where: Where): void {
    this.two = where;
  }

  /** Path parameters of something that exists, as far as anything of the kind does. */
  where(path: string, pick: number): Where {
    // A second book is refused beside an open one, so every other book is opened where none is kept.
    const there = path.endsWith('/books') && pick % 2 === 0 ? this.quiet : this.agencies;
    const agency = there[pick % there.length] ?? '';
    const year = String(2022 + (pick % 4));
    const nowhere = {
      agency,
      bookId: 'SCTDT.BS-2024-0000000000000000',
      number: '1',
      id: 'none',
      proposalId: `1-${'0'.repeat(16)}`,
      correlationId: 'none',
      exportId: '0'.repeat(32),
      dossier: 'none',
      code: '0000-0000-0000-0000',
      projection: READ_MODELS[pick % READ_MODELS.length] ?? '',
    };
    const list = this.places[thingIn(path)];
    if (path.endsWith('}/proposals') && this.two && pick % 4 !== 0) return this.two;
    // Three of four times where numbers can be had; else anything there ever was.
    const isOfBook = path.includes('{bookId}') && !/\{(number|proposalId)\}/.test(path);
    const open = isOfBook && pick % 4 !== 0;
    const found = (open ? this.openBooks.get(agency) : undefined) ?? list[pick % list.length];
    return { ...nowhere, type: 'SCTDT.BS', year, month: `${year}-05`, period: '05', ...found };
  }

  /** The value with everything known put in its place; what nothing is known of becomes a likely text. */
  fill(value: unknown): unknown {
    if (value instanceof Known) {
      const list = this.values.get(value.kind) ?? [];
      return list[value.pick % list.length] ?? (value.kind === 'firstNumber' ? 1 : 'unknown');
    }
    if (Array.isArray(value)) return value.map((one) => this.fill(one));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.fill(one)]));
  }
}

function push(list: unknown[], value: unknown): void {
  list.push(value);
  if (list.length > MOST) list.shift();
}

/** Routes about agencies themselves, not about what they own. */
export const ofDirectory = (path: string): boolean =>
  /^\/v1\/agencies(\/\{agency\}(\/(retirement|changes|as-of(\/difference)?))?)?$/.test(path);

function thingIn(path: string): Thing {
  if (ofDirectory(path)) return 'agency';
  if (path.includes('{code}')) return 'copy';
  if (path.includes('{correlationId}')) return 'request';
  if (path.endsWith('/withdraw')) return 'own proposal';
  if (path.includes('{proposalId}')) return 'proposal';
  if (path.includes('{number}')) return 'entry';
  if (path.includes('/signatures')) return 'signature';
  if (path.includes('/mandates')) return 'mandate';
  if (path.includes('{dossier}')) return 'dossier';
  if (path.includes('{exportId}')) return 'export';
  return path.includes('/seals') ? 'seal' : 'book';
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  value !== null && typeof value === 'object' ? (value as Fields) : {};
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Takes from an answer to a documented path whatever later requests may name. */
export function harvest(memory: Memory, path: string, agency: string, answer: unknown): void {
  const body = fieldsOf(answer);
  const rows = Array.isArray(body['items']) ? (body['items'] as unknown[]) : [];
  memory.remember('cursor', body['next']);
  memory.remember('position', body['position']);
  if (typeof body['revision'] === 'number') memory.remember('etag', `"${body['revision']}"`);
  if (path.includes('/next/')) memory.remember('firstNumber', body['firstNumber']);
  for (const row of [
    body,
    fieldsOf(body['book']),
    fieldsOf(body['entry']),
    fieldsOf(body['agency']),
    fieldsOf(body['mandate']),
    fieldsOf(body['dossier']),
    ...rows.map(fieldsOf),
  ]) {
    harvestRow(memory, path, agency, row);
  }
}

function harvestRow(memory: Memory, path: string, agency: string, row: Fields): void {
  if (ofDirectory(path) && row['code'] !== undefined) {
    memory.place('agency', { agency: text(row['code']) });
    return;
  }
  if (path.includes('/exports') && row['id'] !== undefined) {
    memory.place('export', { agency, exportId: text(row['id']) });
    return;
  }
  if (path.includes('/mandates') && row['id'] !== undefined) {
    memory.place('mandate', { agency, id: text(row['id']) });
    return;
  }
  if (path.includes('/dossiers') && row['dossier'] !== undefined) {
    memory.place('dossier', { agency, dossier: text(row['dossier']) });
    return;
  }
  const { bookId, number, id, dossier, account, state, correlationId, verificationCode } = row;
  if (correlationId !== undefined && path.includes('history'))
    memory.place('request', { agency, correlationId: text(correlationId) });
  if (bookId !== undefined && number !== undefined) {
    memory.place('entry', { agency, bookId: text(bookId), number: text(number) });
    memory.remember('dossier', dossier);
    if (verificationCode !== undefined) memory.place('copy', { code: text(verificationCode) });
  } else if (bookId !== undefined) memory.place('book', { agency, bookId: text(bookId) });
  if (id === undefined || state === undefined) return;
  const kind = path.includes('/signatures') ? 'signature' : 'seal';
  memory.place(kind, { agency, id: text(id) });
  memory.remember(kind, id);
  memory.remember('account', account);
}
