import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Replays, type Moment, type Question } from '#audit';
import { agencyStream, registerStream, sealStream } from '#domain';
import { sealList, signatureList } from '#projections';
import { entryNumberOf, registerOfBook } from '../books/book-id.ts';
import { Desk } from '../desk.ts';
import { askerOf } from '../http/asker.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency } from '../http/document/openapi.ts';
import type { ApiRequest } from '../http/request.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { BadInput } from '../http/problems/bad-input.ts';
import { momentAt } from '../http/fields/instants.ts';
import { AsOfAnswer, MomentQuery } from './history.dto.ts';

/** @throws BadInput unless exactly one of the two is given */
function momentOf({ revision, at }: MomentQuery): Moment {
  if (revision !== undefined && at === undefined) return { revision };
  if (at !== undefined && revision === undefined) return { at: momentAt(at).toISOString() };
  const detail = 'Vui lòng cho biết một trong hai: revision hoặc at.';
  throw new BadInput([{ field: 'revision', code: 'REQUIRED', detail }]);
}

/** What a thing was at any moment, folded from the log alone. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class AsOfController {
  constructor(
    private readonly desk: Desk,
    private readonly replays: Replays,
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
    const subject = { kind: 'agency' } as const;
    return this.ask(request, { stream: agencyStream(agency), subject, moment: momentOf(asked) });
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
    const stream = registerStream(registerOfBook(agency, bookId));
    const subject = { kind: 'book', bookId } as const;
    return this.ask(request, { stream, subject, moment: momentOf(asked) });
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
    const stream = registerStream(registerOfBook(agency, bookId));
    const subject = { kind: 'entry', bookId, number: entryNumberOf(number) } as const;
    return this.ask(request, { stream, subject, moment: momentOf(asked) });
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
    // The list knows whose signature it is, and so in which stream it stands.
    const { doc } = await this.desk.only(request, signatureList, { id });
    const stream = doc['stream'] as string;
    const subject = { kind: 'signature', id } as const;
    return this.ask(request, { stream, subject, moment: momentOf(asked) });
  }

  @Get('seals/:id/as-of')
  @Requires('history.read')
  @ApiOperation({ summary: 'Một con dấu tại một thời điểm' })
  @ApiOkResponse({ type: AsOfAnswer })
  async seal(
    @Param('agency') agency: string,
    @Param('id') id: string,
    @Query() asked: MomentQuery,
    @Req() request: ApiRequest,
  ): Promise<AsOfAnswer> {
    await this.desk.only(request, sealList, { id });
    const subject = { kind: 'seal', id } as const;
    return this.ask(request, { stream: sealStream(agency), subject, moment: momentOf(asked) });
  }

  /** A caller that goes away is not answered, and not worked for. */
  private async ask(request: ApiRequest, question: Question): Promise<AsOfAnswer> {
    const answer = await this.replays.ask(question, askerOf(request));
    const { moment } = question;
    if ('revision' in moment && answer.revision < moment.revision) {
      throw new ApiProblem('REVISION_NOT_FOUND', { last: answer.revision });
    }
    return answer;
  }
}
