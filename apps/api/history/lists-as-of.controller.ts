import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  differenceOf,
  Replays,
  type AskedStretch,
  type AsOf,
  type Audit,
  type Question,
} from '#audit';
import { registerStream, registerTypes } from '#domain';
import { registerOfBook } from '../books/book-id.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency } from '../http/document/openapi.ts';
import type { ApiRequest } from '../http/request.ts';
import { AUDIT } from '../injected.ts';
import { askAsOf } from './ask-as-of.ts';
import {
  BooksAsOfQuery,
  BooksThen,
  EntriesAsOfQuery,
  EntriesDifference,
  EntriesDifferenceQuery,
  EntriesThen,
  type EntryChanged,
} from './lists-as-of.dto.ts';
import { oneMoment, reached, twoMoments } from './moments.ts';
import { someOf } from './some-of.ts';

interface Entries {
  readonly entries: readonly { readonly number: number }[];
  readonly lost: readonly number[];
  readonly next?: number;
}

/** Lists as they were: an agency's books, a book's entries, and what of these is another later. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class ListsAsOfController {
  constructor(
    private readonly replays: Replays,
    @Inject(AUDIT) private readonly audit: Audit,
  ) {}

  @Get('as-of/books')
  @Requires('history.read')
  @ApiOperation({ summary: 'Các quyển sổ của một năm tại một thời điểm' })
  @ApiOkResponse({ type: BooksThen })
  async books(
    @Param('agency') agency: string,
    @Query() { year, kind, first, limit, ...asked }: BooksAsOfQuery,
    @Req() request: ApiRequest,
  ): Promise<BooksThen> {
    const moment = await oneMoment(this.audit, asked);
    const types = registerTypes.map(({ code }) => code).filter((code) => (kind ?? code) === code);
    const registers = await Promise.all(
      types.map(async (type) => {
        const stream = registerStream({ agency, type, year });
        const question: Question = { stream, subject: { kind: 'books' }, moment };
        const { state, revision } = await askAsOf(this.replays, request, question);
        return { type, revision, books: (state as { readonly books: object[] }).books };
      }),
    );
    const all = registers.flatMap(({ type, books }) => books.map((book) => ({ type, book })));
    const { items, ...next } = someOf(all, { first, limit });
    const shown = registers.flatMap((register) => {
      const books = items.filter(({ type }) => type === register.type).map(({ book }) => book);
      return books.length > 0 ? [{ ...register, books }] : [];
    });
    return { year, registers: shown, ...next };
  }

  @Get('books/:bookId/as-of/entries')
  @Requires('history.read')
  @ApiOperation({ summary: 'Các số của quyển sổ tại một thời điểm' })
  @ApiOkResponse({ type: EntriesThen })
  async entries(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Query() { first, limit, ...asked }: EntriesAsOfQuery,
    @Req() request: ApiRequest,
  ): Promise<EntriesThen> {
    const question = stretchOf(agency, { bookId, first, limit });
    const moment = await oneMoment(this.audit, asked);
    const answer = await askAsOf(this.replays, request, { ...question, moment });
    const { entries, lost, ...next } = entriesIn(answer);
    return { ...reached(answer), entries: [...entries], lost: [...lost], ...next };
  }

  @Get('books/:bookId/as-of/entries/difference')
  @Requires('history.read')
  @ApiOperation({ summary: 'Các số của quyển sổ khác nhau thế nào giữa hai thời điểm, từng số' })
  @ApiOkResponse({ type: EntriesDifference })
  async difference(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Query() { first, limit, ...asked }: EntriesDifferenceQuery,
    @Req() request: ApiRequest,
  ): Promise<EntriesDifference> {
    const question = stretchOf(agency, { bookId, first, limit });
    const moments = await twoMoments(this.audit, asked);
    const ask = (field: 'from' | 'to') =>
      askAsOf(this.replays, request, { ...question, moment: moments[field] }, field);
    // One pass over the stream answers both.
    const [from, to] = await Promise.all([ask('from'), ask('to')]);
    const [earlier, later] = [entriesIn(from), entriesIn(to)];
    const entries = changedBetween(byNumber(earlier), byNumber(later));
    // A book's first number stays: where both go on, they go on with the same.
    const next = earlier.next ?? later.next;
    return {
      from: reached(from),
      to: reached(to),
      entries,
      ...(next !== undefined && { next }),
    };
  }
}

/** @throws Refusal BOOK_NOT_FOUND */
function stretchOf(agency: string, asked: AskedStretch) {
  const stream = registerStream(registerOfBook(agency, asked.bookId));
  const subject = { kind: 'entries', ...asked } as const;
  return { stream, subject };
}

const entriesIn = ({ state }: AsOf): Entries => state as unknown as Entries;

type ByNumber = ReadonlyMap<number, object>;

const byNumber = ({ entries }: Entries): ByNumber =>
  new Map(entries.map((entry) => [entry.number, entry] as const));

/** The entries that are another, in their order. */
function changedBetween(before: ByNumber, after: ByNumber): EntryChanged[] {
  const numbers = [...new Set([...before.keys(), ...after.keys()])].toSorted((a, b) => a - b);
  return numbers.flatMap((number) => {
    const [earlier, later] = [before.get(number) ?? null, after.get(number) ?? null];
    const changes = differenceOf('entry', earlier, later)
      .filter(({ changed }) => changed)
      .map(({ changed: _changed, ...change }) => change);
    return changes.length === 0 ? [] : [{ number, changes }];
  });
}
