import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { knownMandates, Runners, uuidText, type Nouns } from '#commands';
import { RunCommand } from '#commands/bus';
import { isCalendarDate, mandatesStream, type Mandates } from '#domain';
import { mandateList, specimenDocId } from '#projections';
import { derivedId } from '../derived-id.ts';
import { answerCommand, Desk } from '../desk.ts';
import { TheCall, type Call } from '../http/call.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import { idempotencyKey, type ApiRequest } from '../http/request.ts';
import { mandateFacts, mandateIn, mandateRow, statusFilter } from './mandate-row.ts';
import { MandateNeed, MandateNeedQuery } from './need.dto.ts';
import { needOf } from './need.ts';
import {
  EndMandateDto,
  MandateAnswer,
  MandateListQuery,
  MandatePage,
  MandateRow,
  mandateSorting,
  RecordMandateDto,
} from './mandates.dto.ts';

/** Who certifies for the agency without being its chairman, and by which document. */
@ApiTags('Ủy quyền, phân công')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/mandates')
export class MandatesController {
  constructor(
    private readonly desk: Desk,
    private readonly runners: Runners,
  ) {}

  @Post()
  @Requires('mandate.write')
  @CommandHeaders()
  @ApiOperation({
    summary:
      'Ghi nhận văn bản ủy quyền, phân công chứng thực (bắt buộc từ 01/11/2025 với KT., TL., TUQ.)',
  })
  @ApiCreatedResponse({ type: MandateAnswer })
  record(@Body() body: RecordMandateDto, @TheCall() call: Call): Promise<MandateAnswer> {
    const { agency = '', account = '' } = call.request.actor ?? {};
    const id = uuidText(derivedId(idempotencyKey(call.request), 'mandate', agency, account));
    const { holderAccount = null, scope = null, validTo = null, ...given } = body;
    const fields = { ...given, holderAccount, scope, validTo };
    return this.run({ type: 'RecordMandate', id, fields }, call);
  }

  @Get()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Danh sách văn bản ủy quyền, phân công' })
  @ApiOkResponse({ type: MandatePage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: MandateListQuery,
    @Req() request: ApiRequest,
  ): Promise<MandatePage> {
    const day = isCalendarDate(asked.on) ? asked.on : this.desk.today();
    const filter = { agency, ...statusFilter(asked.status, day) };
    const query = pageQuery(asked, filter, mandateSorting);
    const page = await this.desk.page(request, mandateList, query);
    return pageAnswer(page, asked, ({ doc }) => mandateRow(doc, day));
  }

  @Get('needed')
  @Requires('register.read')
  @ApiOperation({
    summary:
      'Người ký sẽ cần văn bản ủy quyền, phân công không, và đã có chưa; hỏi trước khi cấp số',
  })
  @ApiOkResponse({ type: MandateNeed })
  async need(
    @Param('agency') agency: string,
    @Query() { account, authority, ...asked }: MandateNeedQuery,
  ): Promise<MandateNeed> {
    const day = this.desk.today();
    const { certifiedOn = day } = asked;
    const signed = { account: account ?? null, authority: authority ?? null };
    const by = { ...asked, ...signed, certifiedOn };
    return needOf(by, await knownMandates(this.runners, agency), day);
  }

  @Get(':id')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một văn bản ủy quyền, phân công' })
  @ApiOkResponse({ type: MandateRow })
  async one(
    @Param('agency') agency: string,
    @Param('id') id: string,
    @Req() request: ApiRequest,
  ): Promise<MandateRow> {
    const name = specimenDocId(mandatesStream(agency), id);
    const { doc } = await this.desk.document(request, mandateList, name);
    return mandateRow(doc, this.desk.today());
  }

  @Post(':id/end')
  @HttpCode(200)
  @Requires('mandate.write')
  @CommandHeaders()
  @ApiOperation({
    summary: 'Chấm dứt ủy quyền, phân công; số đã cấp vẫn theo văn bản đã ghi cùng số',
  })
  @ApiOkResponse({ type: MandateAnswer })
  end(
    @Param('id') id: string,
    @Body() body: EndMandateDto,
    @TheCall() call: Call,
  ): Promise<MandateAnswer> {
    return this.run({ type: 'EndMandate', id, ...body }, call);
  }

  private async run(
    command: Nouns['mandate']['task']['command'],
    { request, response }: Call,
  ): Promise<MandateAnswer> {
    const { id } = command;
    const day = this.desk.today();
    const message = new RunCommand('mandate', { command, ...this.desk.asked(request) });
    const shown = (state: Mandates) => mandateIn(state, id, day);
    const outcome = await this.desk.run(request, message, shown);
    const made = command.type === 'RecordMandate';
    const home = `/v1/agencies/${String(request.params['agency'])}/mandates`;
    if (made && outcome.events.length > 0) response.location(`${home}/${id}`);
    const mandate = mandateFacts(outcome.state, id, day);
    return { mandate, ...answerCommand(response, outcome, made) };
  }
}
