import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Replays, type ReplayStep } from '#audit';
import { isOfAgency, mayBelongTo, thingLabels } from '#domain';
import { askerOf } from '../http/asker.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency } from '../http/document/openapi.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { ReplayAnswer, ReplayQuery, type ReplayedStep } from './replay.dto.ts';

/** A stream of an agency, event by event, with the state after each. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class ReplayController {
  constructor(private readonly replays: Replays) {}

  @Get('replay')
  @Requires('history.read')
  @ApiOperation({
    summary: 'Xem lại một luồng, từng sự kiện: ai, khi nào, việc gì, và trạng thái sau đó',
  })
  @ApiOkResponse({ type: ReplayAnswer })
  async steps(
    @Param('agency') agency: string,
    @Query() { stream, from, limit }: ReplayQuery,
    @Req() request: ApiRequest,
  ): Promise<ReplayAnswer> {
    if (!mayBelongTo(stream, agency)) throw new ApiProblem('NOT_FOUND', {});
    const question = { stream, span: { from, limit } };
    const { steps, last } = await this.replays.ask(question, askerOf(request));
    const isForeign = ({ actorAgency }: ReplayStep): boolean =>
      !isOfAgency(stream, actorAgency, agency);
    if (last < 0 || steps.some(isForeign)) throw new ApiProblem('NOT_FOUND', {});
    if (from > last) throw new ApiProblem('REVISION_NOT_FOUND', { field: 'from', last });
    const next = from + steps.length;
    return { items: steps.map(stepOf), last, ...(next <= last && { next }) };
  }
}

const stepOf = ({ things, ...step }: ReplayStep): ReplayedStep => ({
  ...step,
  things: things.map(({ fields, ...thing }) => ({
    ...thing,
    label: thingLabels[thing.kind],
    fields: [...fields],
  })),
});
