import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { period } from '../http/fields/instants.ts';
import type { AccessLog } from '#audit';
import { Requires } from '../http/doors/access.guard.ts';
import { Problems } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import { ACCESS_LOG } from '../injected.ts';
import { AccessRecordPage, AccessRecordQuery, type AccessRecordRow } from './access-records.dto.ts';

export const newestFirst = { initial: '-at', columns: { at: 'at' } };

/** Nhật ký truy cập: who looked at register entries and images. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@Problems()
@Controller('v1/agencies/:agency/access-records')
export class AccessRecordsController {
  constructor(@Inject(ACCESS_LOG) private readonly records: AccessLog) {}

  @Get()
  @Requires('access.read')
  @ApiOperation({ summary: 'Ai đã xem số chứng thực, ảnh chữ ký, con dấu và nhật ký của cơ quan' })
  @ApiOkResponse({ type: AccessRecordPage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: AccessRecordQuery,
  ): Promise<AccessRecordPage> {
    const { account, kind, from, to } = asked;
    const at = period(from, to);
    const filter = {
      agency,
      ...(account !== undefined && { account }),
      ...(kind !== undefined && { kind }),
      ...(Object.keys(at).length > 0 && { at }),
    };
    const page = await this.records.find(pageQuery(asked, filter, newestFirst));
    return pageAnswer(page, asked, ({ doc }) => doc as unknown as AccessRecordRow);
  }
}
