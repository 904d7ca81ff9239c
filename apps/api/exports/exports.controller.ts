import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { EntriesBehind, NothingToPrint, prepareExport, RevisionAhead } from '#exports';
import type { CommandContext } from '#commands';
import { exportsStream, Refusal, type ExportData } from '#domain';
import { mediaTypes } from '#paper';
import { exportList } from '#projections';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { TheCall, type Call } from '../http/call.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { contextOf, type ApiRequest } from '../http/request.ts';
import { exportAsked } from './asked.ts';
import { ExportJobs } from './export-jobs.ts';
import {
  ExportJob,
  ExportListQuery,
  ExportPage,
  exportSorting,
  StartExportDto,
} from './exports.dto.ts';
import { exportRow, jobRow } from './export-rows.ts';
import { ExportTools } from './export-tools.ts';
import { newJob } from './new-job.ts';
import type { Job } from './job.ts';

/** In, xuất sổ: the register on paper, and which files are out. */
@ApiTags('In sổ')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/exports')
export class ExportsController {
  constructor(
    private readonly desk: Desk,
    private readonly jobs: ExportJobs,
    private readonly tools: ExportTools,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('register.print')
  @ApiOperation({ summary: 'In, xuất sổ của một quyển, một tháng hoặc cả năm: PDF, XLSX, CSV' })
  @ApiAcceptedResponse({ type: ExportJob })
  async start(
    @Param('agency') agency: string,
    @Body() body: StartExportDto,
    @TheCall() { request, response }: Call,
  ): Promise<ExportJob> {
    const context = contextOf(request);
    const { asked, facts } = exportAsked(agency, body);
    const said = await this.printedUnder(agency, context);
    const toPrint = { ...asked, ...(said && { said, revision: said.registerRevision }) };
    const prepared = await prepareExport(this.tools.sources, toPrint).catch(asProblem);
    const { revision } = prepared.order;
    const now = this.tools.clock.now();
    const job = newJob(context, { ...facts, agency, revision, total: prepared.total, now });
    const started = await this.jobs.start({ ...prepared, job, context });
    // Jobs of earlier releases keep no hash.
    const known = started.requestHash ?? job.requestHash;
    if (known !== job.requestHash) throw new ApiProblem('IDEMPOTENCY_KEY_REUSED', {});
    response.location(`/v1/agencies/${agency}/exports/${started.id}`);
    return jobRow(started);
  }

  @Get()
  @Requires('register.print')
  @ReadAfter()
  @ApiOperation({ summary: 'Các tệp đã in, biết bằng SHA-256' })
  @ApiOkResponse({ type: ExportPage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: ExportListQuery,
    @Req() request: ApiRequest,
  ): Promise<ExportPage> {
    const filter = { agency, ...(asked.year !== undefined && { year: asked.year }) };
    const page = await this.desk.page(request, exportList, pageQuery(asked, filter, exportSorting));
    return pageAnswer(page, asked, ({ doc }) => exportRow(doc));
  }

  @Get(':exportId')
  @Requires('register.print')
  @ApiOperation({ summary: 'Một lần in: đang đến đâu, hoặc đã xong' })
  @ApiOkResponse({ type: ExportJob })
  async one(
    @Param('agency') agency: string,
    @Param('exportId') exportId: string,
  ): Promise<ExportJob> {
    return jobRow(await this.job(agency, exportId));
  }

  @Post(':exportId/cancel')
  @HttpCode(200)
  @Requires('register.print')
  @ApiOperation({ summary: 'Dừng một lần in chưa xong' })
  @ApiOkResponse({ type: ExportJob })
  async cancel(
    @Param('agency') agency: string,
    @Param('exportId') exportId: string,
  ): Promise<ExportJob> {
    const job = await this.job(agency, exportId);
    return jobRow((await this.jobs.cancel(exportId)) ?? job);
  }

  @Get(':exportId/file')
  @Requires('register.print')
  @ApiOperation({ summary: 'Tệp đã in' })
  @ApiProduces(...Object.values(mediaTypes).map((type) => type.replace(/;.*/, '')))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Param('agency') agency: string,
    @Param('exportId') exportId: string,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.job(agency, exportId);
    const { state, format, bytes, sha256, type, year, month } = job;
    if (state === 'failed') throw new ApiProblem('EXPORT_FAILED', {});
    if (state !== 'done') throw new ApiProblem('EXPORT_NOT_READY', {});
    const path = await this.jobs.fileOf(job);
    if (path === undefined) throw new ApiProblem('EXPORT_EXPIRED', {});
    const name = ['so', agency, type, month ?? year, job.revision].join('-');
    response.setHeader('Content-Type', mediaTypes[format]);
    response.setHeader('Content-Length', String(bytes));
    response.setHeader('Content-Disposition', `attachment; filename="${name}.${format}"`);
    response.setHeader(
      'Repr-Digest',
      `sha-256=:${Buffer.from(sha256 ?? '', 'hex').toString('base64')}:`,
    );
    await pipeline(createReadStream(path), response);
  }

  /**
   * What the request has had printed before, however long its job is forgotten: another moment, or
   * the same told otherwise, would give a file that nobody knows. @throws IdempotencyKeyReused
   */
  private async printedUnder(
    agency: string,
    context: CommandContext,
  ): Promise<ExportData | undefined> {
    const { runners } = this.tools.sources;
    const known = await runners.exports.answered(exportsStream(agency), context);
    return known?.events[0]?.data;
  }

  /** @throws ApiProblem NOT_FOUND */
  private async job(agency: string, exportId: string): Promise<Job> {
    const job = /^[0-9a-f]{32}$/.test(exportId) ? await this.jobs.get(exportId) : undefined;
    if (job?.agency !== agency) throw new ApiProblem('NOT_FOUND', {});
    return job;
  }
}

function asProblem(error: unknown): never {
  if (error instanceof NothingToPrint) throw new Refusal('BOOK_NOT_FOUND', {});
  if (error instanceof RevisionAhead)
    throw new ApiProblem('REVISION_NOT_FOUND', { field: 'revision', last: error.last });
  if (error instanceof EntriesBehind) throw new ApiProblem('READ_MODEL_BEHIND', {});
  throw error;
}
