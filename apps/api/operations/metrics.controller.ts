import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Metrics } from '#telemetry';
import { Anyone } from '../http/doors/access.guard.ts';
import { ProblemAnswers } from '../http/document/openapi.ts';
import { METRICS } from '../injected.ts';

/** For Prometheus, which has no token of ours: figures only, nothing of any agency or person. */
@ApiTags('Vận hành')
@ProblemAnswers()
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS) private readonly figures: Metrics) {}

  @Get()
  @Anyone()
  @ApiOperation({ summary: 'Số đo cho Prometheus' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async metrics(@Res() response: Response): Promise<void> {
    const { registry } = this.figures;
    const text = await registry.metrics();
    response.setHeader('Content-Type', registry.contentType);
    response.send(text);
  }
}
