import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { daysOfMonth, proposedFee, remittedBy, tariffOn } from '#domain';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { FeeProposal, FeeQuery, FeeStatement } from './fees.dto.ts';
import { feesOf } from './fee-statement.ts';

/** Phí chứng thực: what the tariff proposes, and what was taken in a month. */
@ApiTags('Phí chứng thực')
@ApiBearerAuth()
@Controller('v1')
export class FeesController {
  constructor(private readonly desk: Desk) {}

  @Get('fees/proposal')
  @Requires('form.read')
  @ApiOperation({ summary: 'Phí theo biểu phí của ngày chứng thực' })
  @ApiOkResponse({ type: FeeProposal })
  proposal(@Query() { type, pages, copies, ...asked }: FeeQuery): FeeProposal {
    const { certifiedOn = this.desk.today() } = asked;
    const fee = proposedFee({ type, pages: pages ?? null, copies, certifiedOn });
    return { proposedFee: fee, source: tariffOn(certifiedOn)?.source ?? null };
  }

  @Get('agencies/:agency/fees/:month')
  @OfAgency()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Bảng kê phí chứng thực trong tháng, nộp trước ngày 05 tháng sau' })
  @ApiOkResponse({ type: FeeStatement })
  async month(
    @Param('agency') agency: string,
    @Param('month') month: string,
    @Req() request: ApiRequest,
  ): Promise<FeeStatement> {
    const days = daysOfMonth(month);
    if (!days) throw new ApiProblem('NOT_FOUND', {});
    const fees = await feesOf(this.desk.pagesFor(request), { agency, days });
    return { month, remitBy: remittedBy(month), ...fees };
  }
}
