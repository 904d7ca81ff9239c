import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Replays, type Audit } from '#audit';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency } from '../http/document/openapi.ts';
import type { ApiRequest } from '../http/request.ts';
import { AUDIT } from '../injected.ts';
import { askAsOf } from './ask-as-of.ts';
import { AsOfAnswer } from './history.dto.ts';
import { MomentQuery } from './moment.dto.ts';
import { oneMoment } from './moments.ts';
import {
  aboutAgency,
  aboutBook,
  aboutEntry,
  aboutDossier,
  aboutMandate,
  aboutSeal,
  aboutSignature,
  type About,
} from './subjects.ts';

/** What a thing was at any moment, folded from the log alone. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class AsOfController {
  constructor(
    private readonly desk: Desk,
    private readonly replays: Replays,
    @Inject(AUDIT) private readonly audit: Audit,
  ) {}

  @Get('as-of')
  @Requires('agency.history')
  @ApiOperation({ summary: 'Cơ quan tại một thời điểm: tên, cấp, trạng thái' })
  @ApiOkResponse({ type: AsOfAnswer })
  agency(
    @Param('agency') agency: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    return this.ask(request, aboutAgency(agency), asked);
  }

  @Get('books/:bookId/as-of')
  @Requires('history.read')
  @ApiOperation({ summary: 'Quyển sổ tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async book(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    return this.ask(request, aboutBook(agency, bookId), asked);
  }

  @Get('books/:bookId/entries/:number/as-of')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một số chứng thực tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async entry(
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    const agency = String(request.params['agency']);
    return this.ask(request, aboutEntry(agency, bookId, number), asked);
  }

  @Get('signatures/:id/as-of')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một chữ ký tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async signature(
    @Param('id') id: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    return this.ask(request, await aboutSignature(this.desk, request, id), asked);
  }

  @Get('seals/:id/as-of')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một con dấu tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async seal(
    @Param('id') id: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    return this.ask(request, await aboutSeal(this.desk, request, id), asked);
  }

  @Get('mandates/:id/as-of')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một văn bản ủy quyền, phân công tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async mandate(
    @Param('id') id: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    return this.ask(request, await aboutMandate(this.desk, request, id), asked);
  }

  @Get('dossiers/:dossier/as-of')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một hồ sơ tại một thời điểm: tiếp nhận, hạn trả, trả lại' })
  @ApiOkResponse({ type: AsOfAnswer })
  async dossier(
    @Param('agency') agency: string,
    @Param('dossier') dossier: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    return this.ask(request, aboutDossier(agency, dossier), asked);
  }

  private async ask(request: ApiRequest, about: About, asked: MomentQuery): Promise<AsOfAnswer> {
    const moment = await oneMoment(this.audit, asked);
    return askAsOf(this.replays, request, { ...about, moment });
  }
}
