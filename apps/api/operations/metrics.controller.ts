import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Anyone } from '../http/doors/access.guard.ts';
import { ProblemAnswers } from '../http/document/openapi.ts';
import { Telemetry } from '../stores.ts';

/** For Prometheus, which has no token of ours: figures only, nothing of any agency or person. */
@ApiTags('Vận hành')
@ProblemAnswers()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly telemetry: Telemetry) {}

  @Get()
  @Anyone()
  @ApiOperation({ summary: 'Số đo cho Prometheus' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async metrics(@Res() response: Response): Promise<void> {
    const { registry } = this.telemetry.metrics;
    const text = await registry.metrics();
    response.setHeader('Content-Type', registry.contentType);
    response.send(text);
  }
}
