import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import type { EventStore } from '#event-store';
import { ReadModels } from '#projections';
import { tokenEnds } from '../http/doors/bearer.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { EVENT_STORE } from '../injected.ts';
import { EVENT_ID, ProjectionFeed } from './projection-feed.ts';
import { projectionList } from './projection-rows.ts';
import { ProjectionList } from './projections.dto.ts';

/** What `ops projections` shows, for operators' own tools. */
@ApiTags('Vận hành')
@ApiBearerAuth()
@Controller('v1/projections')
export class ProjectionsController {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    private readonly models: ReadModels,
    private readonly feed: ProjectionFeed,
  ) {}

  @Get()
  @Requires('projections.read')
  @ApiOperation({ summary: 'Từng bảng đọc: vị trí, độ trễ, trạng thái' })
  @ApiOkResponse({ type: ProjectionList })
  list(): Promise<ProjectionList> {
    return projectionList({ eventStore: this.eventStore, readStore: this.models.readStore });
  }

  @Get('events')
  @Requires('projections.read')
  @ApiOperation({
    summary:
      'Như trên, gửi lại mỗi khi thay đổi (server-sent events): sự kiện `projections` mang cả danh sách, `trouble` khi không đọc được; kết thúc khi phiên đăng nhập hết hạn',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Mã của lần gửi đã thấy: không gửi lại nếu chưa thay đổi',
    schema: { type: 'string', pattern: EVENT_ID },
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  events(@Req() request: ApiRequest, @Res() response: Response): void {
    const { account } = request.caller ?? { account: '' };
    const seen = request.header('Last-Event-ID');
    if (seen !== undefined && !new RegExp(EVENT_ID).test(seen)) {
      throw new ApiProblem('INVALID_HEADER', { header: 'Last-Event-ID' });
    }
    this.feed.listen({ account, response, seen, endsAt: tokenEnds(request) });
  }
}
