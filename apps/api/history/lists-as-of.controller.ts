import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { differenceOf, Replays, type AsOf, type Audit, type Question } from '#audit';
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
} from './lists-as-of.dto.ts';
import { oneMoment, reached, twoMoments } from './moments.ts';
import { someOf } from './some-of.ts';

interface Entries {
  readonly entries: readonly { readonly number: number }[];
  readonly lost: readonly number[];
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
    const question = stretchOf(agency, bookId, { first, limit });
    const moment = await oneMoment(this.audit, asked);
    const answer = await askAsOf(this.replays, request, { ...question, moment });
    const { entries, lost } = entriesIn(answer);
    return {
      ...reached(answer),
      entries: [...entries],
      lost: [...lost],
      ...nextOf(answer, { first, limit }),
    };
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
    const question = stretchOf(agency, bookId, { first, limit });
    const moments = await twoMoments(this.audit, asked);
    const ask = (field: 'from' | 'to') =>
      askAsOf(this.replays, request, { ...question, moment: moments[field] }, field);
    // One pass over the stream answers both.
    const [from, to] = await Promise.all([ask('from'), ask('to')]);
    const [before, after] = [from, to].map((one) => byNumber(entriesIn(one)));
    const numbers = Array.from({ length: limit }, (_, at) => first + at);
    const entries = numbers.flatMap((number) => {
      const [earlier, later] = [before?.get(number) ?? null, after?.get(number) ?? null];
      const changes = differenceOf('entry', earlier, later)
        .filter(({ changed }) => changed)
        .map(({ changed: _changed, ...change }) => change);
      return changes.length === 0 ? [] : [{ number, changes }];
    });
    const next = { ...nextOf(from, { first, limit }), ...nextOf(to, { first, limit }) };
    return { from: reached(from), to: reached(to), entries, ...next };
  }
}

interface Stretch {
  readonly first: number;
  readonly limit: number;
}

/** @throws Refusal BOOK_NOT_FOUND */
function stretchOf(agency: string, bookId: string, { first, limit }: Stretch) {
  const stream = registerStream(registerOfBook(agency, bookId));
  const subject = { kind: 'entries', bookId, from: first, to: first + limit - 1 } as const;
  return { stream, subject };
}

const entriesIn = ({ state }: AsOf): Entries => state as unknown as Entries;

const byNumber = ({ entries }: Entries) =>
  new Map(entries.map((entry) => [entry.number, entry] as const));

/** Numbers run without gap: behind a stretch that is not full there is none of the book. */
function nextOf(answer: AsOf, { first, limit }: Stretch): { readonly next?: number } {
  const { entries, lost } = entriesIn(answer);
  const last = Math.max(0, entries.at(-1)?.number ?? 0, ...lost);
  return last === first + limit - 1 ? { next: first + limit } : {};
}
