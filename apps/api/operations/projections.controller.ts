import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { EventStore } from '#event-store';
import { allProjections, projectionStatus, ReadModels } from '#projections';
import { Requires } from '../http/doors/access.guard.ts';

import { EVENT_STORE } from '../injected.ts';
import { ProjectionList } from './projections.dto.ts';

/** What `ops projections` shows, for operators' own tools. */
@ApiTags('Vận hành')
@ApiBearerAuth()
@Controller('v1/projections')
export class ProjectionsController {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    private readonly models: ReadModels,
  ) {}

  @Get()
  @Requires('projections.read')
  @ApiOperation({ summary: 'Từng bảng đọc: vị trí, độ trễ, trạng thái' })
  @ApiOkResponse({ type: ProjectionList })
  async list(): Promise<ProjectionList> {
    const stores = { eventStore: this.eventStore, readStore: this.models.readStore };
    const items = await Promise.all(allProjections.map((one) => projectionStatus(stores, one)));
    return { items };
  }
}
