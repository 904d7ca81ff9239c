import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { roleFor } from '#access';
import type { AgencyRequest } from '#commands';
import { RunCommand } from '#commands/bus';
import type { AgencyState } from '#domain';
import { agencyList } from '#projections';
import { answerCommand, Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import type { ApiRequest } from '../http/request.ts';
import {
  AgencyAnswer,
  AgencyListQuery,
  AgencyPage,
  AgencyRow,
  agencySorting,
  EditAgencyDto,
  RegisterAgencyDto,
  RetireAgencyDto,
} from './agencies.dto.ts';
import { agencyFacts, agencyRow } from './agency-row.ts';

/** The directory of agencies. Operators keep it; of what is in the registers they see nothing. */
@ApiTags('Cơ quan')
@ApiBearerAuth()
@Controller('v1/agencies')
export class AgenciesController {
  constructor(private readonly desk: Desk) {}

  @Post()
  @Requires('agency.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Đăng ký cơ quan: mã, tên, cấp' })
  @ApiCreatedResponse({ type: AgencyAnswer })
  register(
    @Body() body: RegisterAgencyDto,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgencyAnswer> {
    requireGrant(request, body.code);
    return this.run({ type: 'RegisterAgency', ...body }, request, response);
  }

  @Get()
  @Requires('agency.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Danh sách cơ quan' })
  @ApiOkResponse({ type: AgencyPage })
  async list(@Query() asked: AgencyListQuery, @Req() request: ApiRequest): Promise<AgencyPage> {
    const { level, state } = asked;
    const filter = { ...(level !== undefined && { level }), ...(state !== undefined && { state }) };
    const page = await this.desk.page(request, agencyList, pageQuery(asked, filter, agencySorting));
    const today = this.desk.today();
    return pageAnswer(page, asked, ({ doc }) => agencyRow(doc, today));
  }

  @Get(':agency')
  @OfAgency()
  @Requires('agency.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một cơ quan: tên, cấp, trạng thái, cơ quan kế thừa' })
  @ApiOkResponse({ type: AgencyRow })
  async one(
    @Param('agency') agency: string,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgencyRow> {
    const { doc } = await this.desk.document(request, agencyList, agency);
    const row = agencyRow(doc, this.desk.today());
    response.setHeader('ETag', `"${row.revision}"`);
    return row;
  }

  @Patch(':agency')
  @OfAgency()
  @Requires('agency.write')
  @CommandHeaders()
  @ApiOperation({
    summary: 'Đổi tên, đổi cấp cơ quan; bật, tắt xác nhận hai người khi khóa sổ và đính chính',
  })
  @ApiOkResponse({ type: AgencyAnswer })
  edit(
    @Param('agency') code: string,
    @Body() body: EditAgencyDto,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgencyAnswer> {
    return this.run({ type: 'EditAgency', code, ...body }, request, response);
  }

  @Post(':agency/retirement')
  @HttpCode(200)
  @OfAgency()
  @Requires('agency.write')
  @CommandHeaders()
  @ApiOperation({
    summary:
      'Ngừng hoạt động cơ quan, không phục hồi được; cơ quan kế thừa (nếu có) tiếp quản sổ để tra cứu, khóa sổ, đính chính, hủy số, hủy giá trị pháp lý',
  })
  @ApiOkResponse({ type: AgencyAnswer })
  retire(
    @Param('agency') code: string,
    @Body() { successor, ...body }: RetireAgencyDto,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AgencyAnswer> {
    if (successor !== undefined) requireGrant(request, successor);
    const today = this.desk.today();
    const facts = { ...body, successor: successor ?? null, today };
    return this.run({ type: 'RetireAgency', code, ...facts }, request, response);
  }

  private async run(
    command: AgencyRequest,
    request: ApiRequest,
    response: Response,
  ): Promise<AgencyAnswer> {
    const { context, ifRevision } = this.desk.asked(request);
    // A grant may be for every agency; recorded is the one it was used for.
    const actor = { ...context.actor, agency: command.code };
    const task = { command, context: { ...context, actor }, ifRevision };
    const facts = (state: AgencyState) => state && agencyFacts(state, this.desk.today());
    const outcome = await this.desk.run(request, new RunCommand('agency', task), facts);
    if (!outcome.state) throw new Error(`agency ${command.code} is missing after its command`);
    const made = command.type === 'RegisterAgency';
    if (made) response.setHeader('Location', `/v1/agencies/${command.code}`);
    return {
      agency: agencyFacts(outcome.state, this.desk.today()),
      ...answerCommand(response, outcome, made),
    };
  }
}

/** An agency named in the body is one the caller's grant must cover too. @throws ApiProblem FORBIDDEN */
function requireGrant({ caller }: ApiRequest, agency: string): void {
  const role = caller && roleFor(caller, 'agency.write', agency);
  if (role === undefined) throw new ApiProblem('FORBIDDEN', {});
}
