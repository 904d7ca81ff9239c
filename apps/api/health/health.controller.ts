import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Anyone } from '../http/access.guard.ts';
import { ApiProblem } from '../http/api-problems.ts';
import { Heartbeat } from '../stores.ts';

class Health {
  @ApiProperty({ example: 'ok' })
  status: string;
}

const PATIENCE_MS = 3000;

@ApiTags('Vận hành')
@Controller('health')
export class HealthController {
  constructor(private readonly heartbeat: Heartbeat) {}

  @Get('live')
  @Anyone()
  @ApiOperation({ summary: 'Tiến trình đang chạy' })
  @ApiOkResponse({ type: Health })
  live(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @Anyone()
  @ApiOperation({ summary: 'Các kho dữ liệu trả lời; 503 khi không' })
  @ApiOkResponse({ type: Health })
  async ready(): Promise<Health> {
    const late = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS).unref();
    });
    try {
      await Promise.race([this.heartbeat.beat(), late]);
      return { status: 'ok' };
    } catch {
      throw new ApiProblem('UNAVAILABLE', {});
    }
  }
}
