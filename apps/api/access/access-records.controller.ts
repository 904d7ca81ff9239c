import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EVERY_AGENCY } from '#access';
import { Desk } from '../desk.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { period } from '../http/fields/instants.ts';
import type { AccessLog } from '#audit';
import { askerOf } from '../http/asker.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import type { ApiRequest } from '../http/request.ts';
import { ACCESS_LOG } from '../injected.ts';
import { Reads } from '../reads.ts';
import { AccessRecordPage, AccessRecordQuery, type AccessRecordRow } from './access-records.dto.ts';

export const newestFirst = { initial: '-at', columns: { at: 'at' } };

/** Nhật ký truy cập: who looked at register entries and images. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@Controller('v1')
export class AccessRecordsController {
  constructor(
    private readonly desk: Desk,
    @Inject(ACCESS_LOG) private readonly records: AccessLog,
    private readonly reads: Reads,
  ) {}

  @Get('agencies/:agency/access-records')
  @OfAgency()
  @Requires('access.read')
  @ApiOperation({ summary: 'Ai đã xem số chứng thực, ảnh chữ ký, con dấu và nhật ký của cơ quan' })
  @ApiOkResponse({ type: AccessRecordPage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: AccessRecordQuery,
    @Req() request: ApiRequest,
  ): Promise<AccessRecordPage> {
    const page = await this.page(agency, asked, request);
    if (page.total === 0) await this.desk.requireKnown(request);
    return page;
  }

  @Get('audit/access-records')
  @Requires('access.read')
  @ApiOperation({
    summary: 'Ai đã tải những gì thuộc mọi cơ quan: gói toàn bộ, sự kiện của cả nhật ký',
  })
  @ApiOkResponse({ type: AccessRecordPage })
  async ofEverything(
    @Query() asked: AccessRecordQuery,
    @Req() request: ApiRequest,
  ): Promise<AccessRecordPage> {
    if (!request.caller?.agencies.includes(EVERY_AGENCY)) throw new ApiProblem('FORBIDDEN', {});
    return this.page(EVERY_AGENCY, asked, request);
  }

  private async page(
    agency: string,
    asked: AccessRecordQuery,
    request: ApiRequest,
  ): Promise<AccessRecordPage> {
    const { account, kind, from, to } = asked;
    const at = period(from, to);
    const filter = {
      agency,
      ...(account !== undefined && { account }),
      ...(kind !== undefined && { kind }),
      ...(Object.keys(at).length > 0 && { at }),
    };
    const query = pageQuery(asked, filter, newestFirst);
    const find = (signal: AbortSignal) => this.records.find(query, signal);
    const page = await this.reads.take(askerOf(request), find);
    return pageAnswer(page, asked, ({ doc }) => doc as unknown as AccessRecordRow);
  }
}
