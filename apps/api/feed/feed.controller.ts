import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { EVERY_AGENCY } from '#access';
import { POSITION_TOKEN, type Wanted } from '#outgoing';
import { askerOf } from '../http/asker.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency } from '../http/document/openapi.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { FeedStreams } from './feed-streams.ts';
import { FeedPage, FeedQuery, FeedStreamQuery } from './feed.dto.ts';
import { Feed, type FeedPart } from './feed.ts';

/** An answer that does not end: one event a message, its place as the message's id. */
const Streamed = (): MethodDecorator => (target, name, descriptor) => {
  ApiProduces('text/event-stream')(target, name, descriptor);
  ApiOkResponse({ schema: { type: 'string' } })(target, name, descriptor);
  ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Vị trí đã nhận đến: đọc tiếp từ đó, thay cho `after`',
    schema: { type: 'string', pattern: POSITION_TOKEN },
  })(target, name, descriptor);
};

/** Sự kiện ra ngoài: the log for other systems, as CloudEvents, from any place on. */
@ApiTags('Luồng sự kiện')
@ApiBearerAuth()
@Controller('v1')
export class FeedController {
  constructor(
    private readonly feed: Feed,
    private readonly streams: FeedStreams,
  ) {}

  @Get('agencies/:agency/feed')
  @OfAgency()
  @Requires('history.read')
  @ApiOperation({ summary: 'Các sự kiện của cơ quan theo thứ tự nhật ký (CloudEvents 1.0)' })
  @ApiOkResponse({ type: FeedPage })
  agency(@Query() asked: FeedQuery, @Req() request: ApiRequest): Promise<FeedPage> {
    return this.page(request, asked);
  }

  @Get('agencies/:agency/feed/events')
  @OfAgency()
  @Requires('history.read')
  @ApiOperation({
    summary:
      'Như trên, gửi ngay khi có (server-sent events), mỗi sự kiện một lần; `trouble` khi không đọc tiếp được; kết thúc khi phiên đăng nhập hết hạn',
  })
  @Streamed()
  agencyEvents(
    @Query() asked: FeedStreamQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.listen(request, response, asked);
  }

  @Get('feed')
  @Requires('feed.read')
  @ApiOperation({ summary: 'Các sự kiện của mọi cơ quan, cho người được xem mọi cơ quan' })
  @ApiOkResponse({ type: FeedPage })
  every(@Query() asked: FeedQuery, @Req() request: ApiRequest): Promise<FeedPage> {
    requireEvery(request);
    return this.page(request, asked);
  }

  @Get('feed/events')
  @Requires('feed.read')
  @ApiOperation({ summary: 'Như trên, gửi ngay khi có (server-sent events)' })
  @Streamed()
  everyEvents(
    @Query() asked: FeedStreamQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    requireEvery(request);
    return this.listen(request, response, asked);
  }

  private async page(
    request: ApiRequest,
    { after, limit, ...asked }: FeedQuery,
  ): Promise<FeedPage> {
    const come = await this.feed.placeOf(after);
    const wanted = { ...wantedBy(request, asked), limit };
    return pageOf(await this.feed.read(askerOf(request), come, wanted));
  }

  private async listen(
    request: ApiRequest,
    response: Response,
    { after, ...asked }: FeedStreamQuery,
  ): Promise<void> {
    // What a browser sends when it comes back knows more than the address it was given.
    const come = await this.feed.placeOf(request.header('Last-Event-ID') ?? after);
    this.streams.listen(request, { come, wanted: wantedBy(request, asked), response });
  }
}

/** What is of every agency, only who may read every agency is told. @throws ApiProblem FORBIDDEN */
function requireEvery({ caller }: ApiRequest): void {
  if (caller?.agencies.includes(EVERY_AGENCY) !== true) throw new ApiProblem('FORBIDDEN', {});
}

function wantedBy({ params }: ApiRequest, { type }: Pick<FeedStreamQuery, 'type'>): Wanted {
  const { agency } = params;
  return { agency: agency === undefined ? undefined : String(agency), types: type?.split(',') };
}

const pageOf = ({ items, come: { token }, isAtEnd }: FeedPart): FeedPage => ({
  items: [...items],
  ...(token !== null && { next: token }),
  isAtEnd,
});
