import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Nouns } from '#commands';
import { RunCommand } from '#commands/bus';
import type { Clock } from '#config';
import { tidy, type WorkCalendar } from '#domain';
import { dossierDocId, dossiers } from '#projections';
import { answerCommand, Desk } from '../desk.ts';
import { TheCall, type Call } from '../http/call.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import type { ApiRequest } from '../http/request.ts';
import { CLOCK, WORK_CALENDAR } from '../injected.ts';
import { dossierFacts, dossierIn, dossierRow, statusFilter } from './dossier-row.ts';
import {
  DossierAnswer,
  DossierListQuery,
  DossierPage,
  DossierRow,
  dossierSorting,
  ExtendDossierDto,
  ReceiveDossierDto,
  ReturnDossierDto,
} from './dossiers.dto.ts';

/** What was handed in, and when it has to be given back. */
@ApiTags('Hồ sơ')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/dossiers')
export class DossiersController {
  constructor(
    private readonly desk: Desk,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WORK_CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  @Post()
  @Requires('dossier.write')
  @CommandHeaders()
  @ApiOperation({
    summary:
      'Tiếp nhận hồ sơ: trả kết quả trong ngày, sau 15:00 thì ngày làm việc tiếp theo (NĐ 23/2015 Điều 7)',
  })
  @ApiCreatedResponse({ type: DossierAnswer })
  receive(
    @Param('agency') agency: string,
    @Body() body: ReceiveDossierDto,
    @TheCall() call: Call,
  ): Promise<DossierAnswer> {
    const given = { ...body, requester: body.requester ?? null, calendar: this.calendar };
    return this.run({ type: 'ReceiveDossier', agency, ...given }, call);
  }

  @Get()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Danh sách hồ sơ đã tiếp nhận, theo hạn trả' })
  @ApiOkResponse({ type: DossierPage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: DossierListQuery,
    @Req() request: ApiRequest,
  ): Promise<DossierPage> {
    const now = this.clock.now();
    const filter = { agency, ...statusFilter(asked.status, now) };
    const query = pageQuery(asked, filter, dossierSorting);
    const page = await this.desk.page(request, dossiers, query);
    return pageAnswer(page, asked, ({ doc }) => dossierRow(doc, now));
  }

  @Get(':dossier')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một hồ sơ' })
  @ApiOkResponse({ type: DossierRow })
  async one(
    @Param('agency') agency: string,
    @Param('dossier') dossier: string,
    @Req() request: ApiRequest,
  ): Promise<DossierRow> {
    const id = dossierDocId({ agency, dossier: tidy(dossier) });
    const { doc } = await this.desk.document(request, dossiers, id);
    return dossierRow(doc, this.clock.now());
  }

  @Post(':dossier/appointment')
  @HttpCode(200)
  @Requires('dossier.write')
  @CommandHeaders()
  @ApiOperation({
    summary:
      'Hẹn trả kết quả: thêm không quá 2 ngày làm việc, hoặc lâu hơn theo thỏa thuận bằng văn bản (NĐ 23/2015 Điều 21)',
  })
  @ApiOkResponse({ type: DossierAnswer })
  extend(
    @Param('agency') agency: string,
    @Param('dossier') dossier: string,
    @Body() { agreedInWriting = false, ...body }: ExtendDossierDto,
    @TheCall() call: Call,
  ): Promise<DossierAnswer> {
    const { calendar } = this;
    const given = { ...body, agreedInWriting, calendar };
    return this.run({ type: 'ExtendDossier', agency, dossier, ...given }, call);
  }

  @Post(':dossier/return')
  @HttpCode(200)
  @Requires('dossier.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Trả lại hồ sơ không chứng thực' })
  @ApiOkResponse({ type: DossierAnswer })
  return(
    @Param('agency') agency: string,
    @Param('dossier') dossier: string,
    @Body() body: ReturnDossierDto,
    @TheCall() call: Call,
  ): Promise<DossierAnswer> {
    return this.run({ type: 'ReturnDossier', agency, dossier, ...body }, call);
  }

  private async run(
    command: Nouns['dossier']['task']['command'],
    { request, response }: Call,
  ): Promise<DossierAnswer> {
    const message = new RunCommand('dossier', { command, ...this.desk.asked(request) });
    const outcome = await this.desk.run(request, message, dossierIn);
    const dossier = dossierFacts(outcome.state, command.dossier);
    const made = command.type === 'ReceiveDossier';
    const home = `/v1/agencies/${dossier.agency}/dossiers`;
    if (made && outcome.events.length > 0)
      response.location(`${home}/${encodeURIComponent(dossier.dossier)}`);
    return { dossier, ...answerCommand(response, outcome, made) };
  }
}
