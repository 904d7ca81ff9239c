import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { tidy } from '#domain';
import {
  auditHistory,
  causationTree,
  entryKeyOf,
  historyFilter,
  historyOrder,
  placeOf,
  type AuditChange,
  type Find,
  type StartAt,
} from '#projections';
import type { Doc, Query as StoreQuery } from '#read-store';
import { entryNumberOf, registerOfBook } from '../books/book-id.ts';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery, type PagingQuery } from '../http/fields/paging.dto.ts';
import type { ApiRequest } from '../http/request.ts';
import { firstMomentAt, period } from '../http/fields/instants.ts';
import { BadInput } from '../http/problems/bad-input.ts';
import type { FieldProblem } from '../http/problems/problem.ts';
import { shownChanges } from './shown-changes.ts';
import {
  AgencyHistoryQuery,
  byTime,
  CausationTree,
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
    const { from, to, account, type, number, correlation, causation } = asked;
    const dossier = asked.dossier === undefined ? undefined : tidy(asked.dossier);
    const occurredAt = period(from, to);
    const startAt = startOf(asked, occurredAt);
    const ids = { correlationId: correlation, causationId: causation };
    const wanted = { agency, account, type, number, dossier, occurredAt, startAt, ...ids };
    const sorting = historyOrder(wanted) === 'order' ? inOrder : byTime;
    const filter = await historyFilter(this.finding(request), wanted);
    return this.page(request, asked, pageQuery(asked, filter, sorting));
  }

  @Get('requests/:correlationId')
  @Requires('history.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Cây nhân quả của một yêu cầu: các lệnh và những gì mỗi lệnh gây ra' })
  @ApiOkResponse({ type: CausationTree })
  async causation(
    @Param('agency') agency: string,
    @Param('correlationId') correlationId: string,
    @Req() request: ApiRequest,
  ): Promise<CausationTree> {
    const tree = await causationTree(this.finding(request), { agency, correlationId });
    if (!tree) throw new ApiProblem('NOT_FOUND', {});
    const { commands, isCut } = tree;
    const told = commands.map(({ events, ...command }) => ({
      ...command,
      events: events.map(historyRow),
    }));
    return { correlationId, commands: told, ...(isCut && { isCut }) };
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

  @Get('mandates/:id/history')
  @Requires('history.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Nhật ký của một văn bản ủy quyền, phân công' })
  @ApiOkResponse({ type: HistoryPage })
  mandate(
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

  private finding(request: ApiRequest): Find {
    return (projection, query) => this.desk.page(request, projection, query);
  }

  private async subject(
    request: ApiRequest,
    asked: HistoryQuery,
    filter: NonNullable<StoreQuery['filter']>,
  ): Promise<HistoryPage> {
    const startAt = startOf(asked, {});
    const agency = String(request.params['agency']);
    const place = startAt && (await placeOf(this.finding(request), agency, startAt));
    const query = pageQuery(asked, { ...filter, ...place }, inOrder);
    return this.page(request, asked, query, !startAt && asked.after === undefined);
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
    return pageAnswer(page, asked, ({ doc }) => historyRow(doc));
  }
}

/** A line of the history as it is told. */
function historyRow({ order: _order, entryKey: _key, ...row }: Doc): HistoryRow {
  const changes = shownChanges(row['changes'] as unknown as readonly AuditChange[]);
  return { ...row, changes } as unknown as HistoryRow;
}

/**
 * Where a page begins. Behind a cursor that is the cursor's to say: it stays where it is, whatever
 * has happened since.
 * @throws BadInput
 */
function startOf(
  { startAt, sort = '', after }: HistoryQuery,
  period: { readonly gte?: string; readonly lt?: string },
): StartAt | undefined {
  if (startAt === undefined) return undefined;
  if (Object.keys(period).length > 0) throw new BadInput([startAndPeriod]);
  const instant = firstMomentAt(startAt, 'startAt').toISOString();
  return after === undefined ? { instant, isBackwards: sort.startsWith('-') } : undefined;
}

const startAndPeriod: FieldProblem = {
  field: 'startAt',
  code: 'NOT_ALLOWED',
  detail: 'Không dùng startAt cùng from, to. Vui lòng chỉ gửi một trong hai cách.',
};
