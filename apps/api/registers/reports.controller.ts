import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { EVERY_AGENCY } from '#access';
import { daysOfPeriod, groupings, reportColumns } from '#domain';
import { agencyName, reportOf, reportOfAgencies, type Report } from '#exports';
import { mediaTypes, reportWorkbook } from '#paper';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { ReportAnswer, ReportQuery, SumQuery } from './reports.dto.ts';

const Workbook = () => ApiProduces(mediaTypes.xlsx);
const BINARY = { schema: { type: 'string', format: 'binary' } };

/** Báo cáo kết quả chứng thực: what was certified in a period, as figures and as a workbook. */
@ApiTags('Báo cáo')
@ApiBearerAuth()
@ApiParam({ name: 'year', type: String })
@ApiParam({ name: 'period', type: String })
@Controller('v1')
export class ReportsController {
  constructor(private readonly desk: Desk) {}

  @Get('agencies/:agency/reports/:year/:period')
  @OfAgency()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({
    summary: 'Kết quả chứng thực của cơ quan trong kỳ (biểu 17a, bản sao điện tử tính riêng)',
  })
  @ApiOkResponse({ type: ReportAnswer })
  async agency(
    @Param() asked: ReportPath,
    @Query() { by }: ReportQuery,
    @Req() request: ApiRequest,
  ): Promise<ReportAnswer> {
    const days = daysOf(asked);
    const { agency = '' } = asked;
    const report = await reportOf(this.desk.pagesFor(request), { agency, days, by });
    return answerOf(days, report);
  }

  @Get('agencies/:agency/reports/:year/:period/file')
  @OfAgency()
  @Requires('register.read')
  @ReadAfter()
  @Workbook()
  @ApiOperation({ summary: 'Như trên, thành tệp XLSX' })
  @ApiOkResponse(BINARY)
  async agencyFile(
    @Param() asked: ReportPath,
    @Query() { by }: ReportQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const days = daysOf(asked);
    const { agency = '' } = asked;
    const find = this.desk.pagesFor(request);
    const report = await reportOf(find, { agency, days, by });
    const whose = `${await agencyName(find, agency)} (${agency})`;
    await sendWorkbook(response, ['bao-cao', agency, asked.year, asked.period, by], {
      ...{ whose, days, report, by: groupings[by] },
    });
  }

  @Get('reports/:year/:period')
  @Requires('report.sum')
  @ReadAfter()
  @ApiOperation({
    summary: 'Kết quả chứng thực trong kỳ, tổng hợp theo cơ quan được cấp quyền xem',
  })
  @ApiOkResponse({ type: ReportAnswer })
  async agencies(
    @Param() asked: ReportPath,
    @Query() { under }: SumQuery,
    @Req() request: ApiRequest,
  ): Promise<ReportAnswer> {
    const days = daysOf(asked);
    return answerOf(days, await this.sum(request, days, under));
  }

  @Get('reports/:year/:period/file')
  @Requires('report.sum')
  @ReadAfter()
  @Workbook()
  @ApiOperation({ summary: 'Như trên, thành tệp XLSX' })
  @ApiOkResponse(BINARY)
  async agenciesFile(
    @Param() asked: ReportPath,
    @Query() { under }: SumQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const days = daysOf(asked);
    const report = await this.sum(request, days, under);
    const whose =
      under === undefined ? 'Các cơ quan được cấp quyền xem' : `Các cơ quan thuộc ${under}`;
    await sendWorkbook(response, ['bao-cao', asked.year, asked.period], {
      ...{ whose, days, report, by: 'Cơ quan' },
    });
  }

  /** Of those agencies alone that the caller's grant covers. */
  private sum(request: ApiRequest, days: Days, under: string | undefined): Promise<Report> {
    const granted = request.caller?.agencies ?? [];
    const agencies = granted.includes(EVERY_AGENCY) ? 'every' : granted;
    return reportOfAgencies(this.desk.pagesFor(request), { agencies, under }, days);
  }
}

interface ReportPath {
  readonly agency?: string;
  readonly year: string;
  readonly period: string;
}

type Days = NonNullable<ReturnType<typeof daysOfPeriod>>;

/** @throws ApiProblem NOT_FOUND */
function daysOf({ year, period }: ReportPath): Days {
  const days = daysOfPeriod(year, period);
  if (!days) throw new ApiProblem('NOT_FOUND', {});
  return days;
}

const answerOf = ({ label, from, to }: Days, { lines, total }: Report): ReportAnswer => ({
  ...{ period: label, from, to },
  columns: reportColumns.map(({ code, label: title, unit }) => ({ code, label: title, unit })),
  items: lines.map(({ key, label: name, sum }) => ({
    key,
    label: name,
    ...sum,
    results: [...sum.results],
  })),
  total: { ...total, results: [...total.results] },
});

interface Sent {
  readonly whose: string;
  readonly days: Days;
  readonly by: string;
  readonly report: Report;
}

async function sendWorkbook(
  response: Response,
  name: readonly string[],
  { whose, days, by, report }: Sent,
): Promise<void> {
  const workbook = await reportWorkbook({ whose, days, by, period: days.label, ...report });
  response.setHeader('Content-Type', mediaTypes.xlsx);
  response.setHeader('Content-Disposition', `attachment; filename="${name.join('-')}.xlsx"`);
  response.send(workbook);
}
