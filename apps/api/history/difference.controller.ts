import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { differenceOf, Replays, type Audit } from '#audit';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency } from '../http/document/openapi.ts';
import type { ApiRequest } from '../http/request.ts';
import { AUDIT } from '../injected.ts';
import { askAsOf } from './ask-as-of.ts';
import { DifferenceAnswer, DifferenceQuery } from './difference.dto.ts';
import { reached, twoMoments } from './moments.ts';
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

/** What of a thing is another at one moment than at another, folded from the log alone. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class DifferenceController {
  constructor(
    private readonly desk: Desk,
    private readonly replays: Replays,
    @Inject(AUDIT) private readonly audit: Audit,
  ) {}

  @Get('as-of/difference')
  @Requires('agency.history')
  @ApiOperation({ summary: 'Cơ quan khác nhau thế nào giữa hai thời điểm' })
  @ApiOkResponse({ type: DifferenceAnswer })
  async agency(
    @Param('agency') agency: string,
    @Query() asked: DifferenceQuery,
    @Req() request: ApiRequest,
  ): Promise<DifferenceAnswer> {
    return this.between(request, aboutAgency(agency), asked);
  }

  @Get('books/:bookId/as-of/difference')
  @Requires('history.read')
  @ApiOperation({ summary: 'Quyển sổ khác nhau thế nào giữa hai thời điểm' })
  @ApiOkResponse({ type: DifferenceAnswer })
  async book(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Query() asked: DifferenceQuery,
    @Req() request: ApiRequest,
  ): Promise<DifferenceAnswer> {
    return this.between(request, aboutBook(agency, bookId), asked);
  }

  @Get('books/:bookId/entries/:number/as-of/difference')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một số chứng thực khác nhau thế nào giữa hai thời điểm' })
  @ApiOkResponse({ type: DifferenceAnswer })
  async entry(
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Query() asked: DifferenceQuery,
    @Req() request: ApiRequest,
  ): Promise<DifferenceAnswer> {
    return this.between(
      request,
      aboutEntry(String(request.params['agency']), bookId, number),
      asked,
    );
  }

  @Get('signatures/:id/as-of/difference')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một chữ ký khác nhau thế nào giữa hai thời điểm' })
  @ApiOkResponse({ type: DifferenceAnswer })
  async signature(
    @Param('id') id: string,
    @Query() asked: DifferenceQuery,
    @Req() request: ApiRequest,
  ): Promise<DifferenceAnswer> {
    return this.between(request, await aboutSignature(this.desk, request, id), asked);
  }

  @Get('seals/:id/as-of/difference')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một con dấu khác nhau thế nào giữa hai thời điểm' })
  @ApiOkResponse({ type: DifferenceAnswer })
  async seal(
    @Param('id') id: string,
    @Query() asked: DifferenceQuery,
    @Req() request: ApiRequest,
  ): Promise<DifferenceAnswer> {
    return this.between(request, await aboutSeal(this.desk, request, id), asked);
  }

  @Get('mandates/:id/as-of/difference')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một văn bản ủy quyền, phân công khác nhau thế nào giữa hai thời điểm' })
  @ApiOkResponse({ type: DifferenceAnswer })
  async mandate(
    @Param('id') id: string,
    @Query() asked: DifferenceQuery,
    @Req() request: ApiRequest,
  ): Promise<DifferenceAnswer> {
    return this.between(request, await aboutMandate(this.desk, request, id), asked);
  }

  @Get('dossiers/:dossier/as-of/difference')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một hồ sơ khác nhau thế nào giữa hai thời điểm' })
  @ApiOkResponse({ type: DifferenceAnswer })
  async dossier(
    @Param('agency') agency: string,
    @Param('dossier') dossier: string,
    @Query() asked: DifferenceQuery,
    @Req() request: ApiRequest,
  ): Promise<DifferenceAnswer> {
    return this.between(request, aboutDossier(agency, dossier), asked);
  }

  /** Both moments are of one stream, and share a pass over it. */
  private async between(
    request: ApiRequest,
    about: About,
    asked: DifferenceQuery,
  ): Promise<DifferenceAnswer> {
    const moments = await twoMoments(this.audit, asked);
    const ask = (field: 'from' | 'to') =>
      askAsOf(this.replays, request, { ...about, moment: moments[field] }, field);
    const [from, to] = await Promise.all([ask('from'), ask('to')]);
    const { subject } = about;
    const changes = differenceOf(subject.kind, from.state, to.state)
      .filter(({ changed }) => changed)
      .map(({ changed: _changed, ...change }) => change);
    const entry = subject.kind === 'entry' ? subject.number : null;
    return { kind: subject.kind, entry, from: reached(from), to: reached(to), changes };
  }
}
