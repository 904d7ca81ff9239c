import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { tidy } from '#domain';
import {
  auditHistory,
  entryKeyOf,
  historyFilter,
  historyOrder,
  type AuditChange,
  type Find,
} from '#projections';
import type { Query as StoreQuery } from '#read-store';
import { entryNumberOf, registerOfBook } from '../books/book-id.ts';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery, type PagingQuery } from '../http/fields/paging.dto.ts';
import type { ApiRequest } from '../http/request.ts';
import { period } from '../http/fields/instants.ts';
import { shownChanges } from './shown-changes.ts';
import {
  AgencyHistoryQuery,
  byTime,
  HistoryPage,
  HistoryQuery,
  inOrder,
  type HistoryRow,
} from './history.dto.ts';

/** Nhật ký: every event in order, who, when, what, why. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class HistoryController {
  constructor(private readonly desk: Desk) {}

  @Get('history')
  @Requires('history.read')
  @ReadAfter()
  @ApiOperation({
    summary:
      'Nhật ký của cơ quan: tất cả, hoặc của một tài khoản, hồ sơ, số, trong một khoảng thời gian',
  })
  @ApiOkResponse({ type: HistoryPage })
  async period(
    @Param('agency') agency: string,
    @Query() asked: AgencyHistoryQuery,
    @Req() request: ApiRequest,
  ): Promise<HistoryPage> {
    const { from, to, account, type, number } = asked;
    const dossier = asked.dossier === undefined ? undefined : tidy(asked.dossier);
    const occurredAt = period(from, to);
    const wanted = { agency, account, type, number, dossier, occurredAt };
    const sorting = historyOrder(wanted) === 'order' ? inOrder : byTime;
    const find: Find = (projection, query) => this.desk.page(request, projection, query);
    const filter = await historyFilter(find, wanted);
    return this.page(request, asked, pageQuery(asked, filter, sorting));
  }

  @Get('books/:bookId/history')
  @Requires('history.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Nhật ký của một quyển sổ, gồm mọi số trong sổ' })
  @ApiOkResponse({ type: HistoryPage })
  book(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Query() asked: HistoryQuery,
    @Req() request: ApiRequest,
  ): Promise<HistoryPage> {
    registerOfBook(agency, bookId);
    return this.subject(request, asked, { agency, subject: bookId });
  }

  @Get('books/:bookId/entries/:number/history')
  @Requires('history.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Nhật ký của một số chứng thực' })
  @ApiOkResponse({ type: HistoryPage })
  entry(
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Query() asked: HistoryQuery,
    @Req() request: ApiRequest,
  ): Promise<HistoryPage> {
    const agency = String(request.params['agency']);
    registerOfBook(agency, bookId);
    const entry = entryNumberOf(number);
    return this.subject(request, asked, { agency, entryKey: entryKeyOf(bookId, entry) });
  }

  @Get('signatures/:id/history')
  @Requires('history.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Nhật ký của một chữ ký' })
  @ApiOkResponse({ type: HistoryPage })
  signature(
    @Param('agency') agency: string,
    @Param('id') id: string,
    @Query() asked: HistoryQuery,
    @Req() request: ApiRequest,
  ): Promise<HistoryPage> {
    return this.subject(request, asked, { agency, subject: id });
  }

  @Get('seals/:id/history')
  @Requires('history.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Nhật ký của một con dấu' })
  @ApiOkResponse({ type: HistoryPage })
  seal(
    @Param('agency') agency: string,
    @Param('id') id: string,
    @Query() asked: HistoryQuery,
    @Req() request: ApiRequest,
  ): Promise<HistoryPage> {
    return this.subject(request, asked, { agency, subject: id });
  }

  @Get('changes')
  @Requires('agency.history')
  @ReadAfter()
  @ApiOperation({
    summary: 'Nhật ký của chính cơ quan: đăng ký, đổi tên, đổi cấp, ngừng hoạt động, tiếp nhận sổ',
  })
  @ApiOkResponse({ type: HistoryPage })
  agency(
    @Param('agency') agency: string,
    @Query() asked: HistoryQuery,
    @Req() request: ApiRequest,
  ): Promise<HistoryPage> {
    return this.subject(request, asked, { agency, subject: agency });
  }

  private subject(
    request: ApiRequest,
    asked: HistoryQuery,
    filter: NonNullable<StoreQuery['filter']>,
  ): Promise<HistoryPage> {
    return this.page(request, asked, pageQuery(asked, filter, inOrder), true);
  }

  private async page(
    request: ApiRequest,
    asked: PagingQuery,
    query: StoreQuery,
    ofOne = false,
  ): Promise<HistoryPage> {
    const page = await this.desk.page(request, auditHistory, query);
    // What there is has at least the event that made it.
    if (ofOne && page.total === 0) throw new ApiProblem('NOT_FOUND', {});
    return pageAnswer(page, asked, ({ doc }) => {
      const { order: _order, entryKey: _key, ...row } = doc;
      const changes = shownChanges(row['changes'] as unknown as readonly AuditChange[]);
      return { ...row, changes } as unknown as HistoryRow;
    });
  }
}
