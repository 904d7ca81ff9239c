import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  agencyAsOf,
  bookAsOf,
  entryAsOf,
  sealAsOf,
  signatureAsOf,
  type AsOf,
  type Moment,
} from '#audit';
import { sealList, signatureList } from '#projections';
import { entryNumberOf, registerOfBook } from '../books/book-id.ts';
import { Desk } from '../desk.ts';
import { Log } from '../stores.ts';
import { Recorded } from '../access/recorded.interceptor.ts';
import { Requires } from '../http/access.guard.ts';
import { Problems } from '../http/openapi.ts';
import type { ApiRequest } from '../http/request.ts';
import { BadInput } from '../http/validation.ts';
import { momentAt } from './instants.ts';
import { AsOfAnswer, MomentQuery } from './history.dto.ts';

/** @throws BadInput unless exactly one of the two is given */
function momentOf({ revision, at }: MomentQuery): Moment {
  if (revision !== undefined && at === undefined) return { revision };
  if (at !== undefined && revision === undefined) return { at: momentAt(at) };
  const detail = 'Vui lòng cho biết một trong hai: revision hoặc at.';
  throw new BadInput([{ field: 'revision', code: 'REQUIRED', detail }]);
}

const answer = ({ state, revision, occurredAt }: AsOf<object>): AsOfAnswer => ({
  state: state ?? null,
  revision,
  occurredAt,
});

/** What a thing was at any moment, folded from the log alone. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@Problems()
@Controller('v1/agencies/:agency')
export class AsOfController {
  constructor(
    private readonly desk: Desk,
    private readonly log: Log,
  ) {}

  @Get('as-of')
  @Requires('agency.history')
  @ApiOperation({ summary: 'Cơ quan tại một thời điểm: tên, cấp, trạng thái' })
  @ApiOkResponse({ type: AsOfAnswer })
  async agency(@Param('agency') agency: string, @Query() asked: MomentQuery): Promise<AsOfAnswer> {
    return answer(await agencyAsOf(this.log.store, agency, momentOf(asked)));
  }

  @Get('books/:bookId/as-of')
  @Requires('history.read')
  @Recorded('as-of')
  @ApiOperation({ summary: 'Quyển sổ tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async book(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Query() asked: MomentQuery,
  ): Promise<AsOfAnswer> {
    const register = registerOfBook(agency, bookId);
    return answer(await bookAsOf(this.log.store, { register, bookId }, momentOf(asked)));
  }

  @Get('books/:bookId/entries/:number/as-of')
  @Requires('history.read')
  @Recorded('as-of')
  @ApiOperation({ summary: 'Một số chứng thực tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async entry(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Query() asked: MomentQuery,
  ): Promise<AsOfAnswer> {
    const register = registerOfBook(agency, bookId);
    const where = { register, bookId, number: entryNumberOf(number) };
    return answer(await entryAsOf(this.log.store, where, momentOf(asked)));
  }

  @Get('signatures/:id/as-of')
  @Requires('history.read')
  @Recorded('as-of')
  @ApiOperation({ summary: 'Một chữ ký tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async signature(
    @Param('agency') agency: string,
    @Param('id') id: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    // The list knows whose signature it is, and so in which stream it stands.
    const { doc } = await this.desk.document(request, signatureList, id);
    const where = { agency, account: doc['account'] as string, id };
    return answer(await signatureAsOf(this.log.store, where, momentOf(asked)));
  }

  @Get('seals/:id/as-of')
  @Requires('history.read')
  @Recorded('as-of')
  @ApiOperation({ summary: 'Một con dấu tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async seal(
    @Param('agency') agency: string,
    @Param('id') id: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    await this.desk.document(request, sealList, id);
    return answer(await sealAsOf(this.log.store, { agency, id }, momentOf(asked)));
  }
}
