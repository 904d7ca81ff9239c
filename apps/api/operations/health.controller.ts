import { Controller, Get, Inject, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Response } from 'express';
import { ClockJumped } from '#config';
import { EventStoreRefuses } from '#event-store';
import { ReadStoreDamaged } from '#read-store';
import { Anyone } from '../http/doors/access.guard.ts';

import { HEARTBEAT } from '../injected.ts';
import type { Heartbeat, Part } from '../stores.ts';

class Live {
  @ApiProperty({ example: 'ok' })
  status: string;
}

const parts = (description: string) => ({
  description,
  type: 'object' as const,
  additionalProperties: {
    type: 'object' as const,
    properties: { status: { type: 'string' as const, enum: ['up', 'down'] } },
    required: ['status'],
    additionalProperties: true,
  },
});

class Ready {
  @ApiProperty({ enum: ['ok', 'error', 'shutting_down'] })
  status: string;
  @ApiProperty(parts('Các kho trả lời'))
  info: object;
  @ApiProperty(parts('Các kho không trả lời'))
  error: object;
  @ApiProperty(parts('Tất cả'))
  details: object;
}

const PATIENCE_MS = 3000;

type PartName = keyof Heartbeat;
const PARTS: readonly PartName[] = [
  'eventStore',
  'disk',
  'clock',
  'readStore',
  'projections',
  'registers',
  'audit',
  'webhooks',
];

@ApiTags('Vận hành')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HEARTBEAT) private readonly heartbeat: Heartbeat,
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  @Get('live')
  @Anyone()
  @ApiOperation({ summary: 'Tiến trình đang chạy' })
  @ApiOkResponse({ type: Live })
  live(): Live {
    return { status: 'ok' };
  }

  @Get('ready')
  @Anyone()
  @ApiOperation({ summary: 'Các kho dữ liệu trả lời, và các bảng đọc đứng yên; 503 khi không' })
  @ApiOkResponse({ type: Ready })
  @ApiServiceUnavailableResponse({ type: Ready })
  ready(@Res({ passthrough: true }) response: Response): Promise<Ready> {
    return this.answer(response, PARTS);
  }

  @Get('ready/commands')
  @Anyone()
  @ApiOperation({
    summary: 'Nhật ký sự kiện trả lời: cấp số được, dù các bảng đọc có thể chưa; 503 khi không',
  })
  @ApiOkResponse({ type: Ready })
  @ApiServiceUnavailableResponse({ type: Ready })
  readyForCommands(@Res({ passthrough: true }) response: Response): Promise<Ready> {
    return this.answer(response, ['eventStore', 'disk', 'clock']);
  }

  @Get('ready/reads')
  @Anyone()
  @ApiOperation({ summary: 'Kho các bảng đọc trả lời: xem danh sách được; 503 khi không' })
  @ApiOkResponse({ type: Ready })
  @ApiServiceUnavailableResponse({ type: Ready })
  readyForReads(@Res({ passthrough: true }) response: Response): Promise<Ready> {
    return this.answer(response, ['readStore', 'projections']);
  }

  private async answer(response: Response, names: readonly PartName[]): Promise<Ready> {
    const beats = names.map((name) => () => this.beat(name, this.heartbeat[name]));
    try {
      return (await this.checks.check(beats)) as Ready;
    } catch (error) {
      // Terminus throws what it found; which stores those are is all that is told.
      const { response: found } = error as { response?: Ready };
      if (!found) throw error;
      response.status(503).setHeader('Retry-After', '1');
      return found;
    }
  }

  private async beat(name: string, part: Part) {
    const indicator = this.indicators.check(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
    });
    try {
      return indicator.up(await Promise.race([part(), late]));
    } catch (error) {
      // What waiting does not mend; anything else may name addresses, which are nobody's business here.
      if (error instanceof ClockJumped) return indicator.down({ reason: error.message });
      if (error instanceof ReadStoreDamaged) {
        return indicator.down({ reason: `${error.file} is damaged`, remedy: 'ops rebuild --all' });
      }
      if (!(error instanceof EventStoreRefuses)) return indicator.down();
      return indicator.down({ reason: error.reason, remedy: error.remedy });
    } finally {
      clearTimeout(timer);
    }
  }
}
