import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Scrape } from '#telemetry';
import { Anyone } from '../http/doors/access.guard.ts';

import { SCRAPE } from '../injected.ts';

/** For Prometheus, which has no token of ours: figures only, nothing of any agency or person. Not there where `METRICS_PORT` gives them an address of their own. */
@ApiTags('Vận hành')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(SCRAPE) private readonly scrape: Scrape) {}

  @Get()
  @Anyone()
  @ApiOperation({ summary: 'Số đo cho Prometheus' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async metrics(@Res() response: Response): Promise<void> {
    const text = await this.scrape.text();
    response.setHeader('Content-Type', this.scrape.contentType);
    response.send(text);
  }
}
