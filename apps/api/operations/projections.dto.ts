import { ApiProperty } from '@nestjs/swagger';
import { EventNameRow } from './event-name-row.ts';
import { ProgressFacts } from './progress-facts.ts';
import { TaskRow } from './tasks.dto.ts';

const states = [
  'never-run',
  'damaged',
  'outdated',
  'astray',
  'rolled-back',
  'newer',
  'retrying',
  'stopped',
  'idle',
  'behind',
  'live',
] as const;

const aText = { type: String, nullable: true } as const;

class FailureRow {
  @ApiProperty({ description: 'Lỗi đã gặp' })
  error: string;
  @ApiProperty({ description: 'Sự kiện gây lỗi, nếu biết', type: EventNameRow, nullable: true })
  event: EventNameRow | null;
  @ApiProperty({ description: 'Số lần đã thử', example: 5 })
  attempts: number;
  @ApiProperty({ description: 'Không tự thử lại nữa: chờ `ops retry` hoặc `ops skip`' })
  stopped: boolean;
  @ApiProperty({ description: 'Thời điểm', format: 'date-time' })
  at: string;
}

class ParkedRow {
  @ApiProperty({ description: 'Phần để riêng: thường là một luồng' })
  partition: string;
  @ApiProperty({ description: 'Từ sự kiện này trở đi luồng được để riêng' })
  event: EventNameRow;
  @ApiProperty({ description: 'Lỗi đã gặp' })
  error: string;
  @ApiProperty({ description: 'Thời điểm', format: 'date-time' })
  at: string;
  @ApiProperty({ description: 'Người vận hành đã yêu cầu thử lại' })
  retry: boolean;
}

class AstrayRow {
  @ApiProperty({ description: 'Lý do' })
  reason: string;
  @ApiProperty({ description: 'Từ thời điểm', format: 'date-time' })
  since: string;
}

class DecisionRow {
  @ApiProperty({ enum: ['retry', 'skip'] })
  kind: 'retry' | 'skip';
  @ApiProperty({ type: EventNameRow, nullable: true })
  event: EventNameRow | null;
  @ApiProperty({ description: 'Lý do' })
  reason: string;
  @ApiProperty({ description: 'Người vận hành đã quyết định' })
  account: string;
  @ApiProperty({ description: 'Thời điểm', format: 'date-time' })
  at: string;
}

class RebuildRow extends ProgressFacts {
  @ApiProperty({ enum: ['filling', 'catching-up', 'swapping', 'aborting', 'left'] })
  state: 'filling' | 'catching-up' | 'swapping' | 'aborting' | 'left';
  @ApiProperty({ example: 'register_entries_v1_g2' })
  collection: string;
  @ApiProperty({ description: 'Tiến trình đang dựng lại' })
  holder: string;
  @ApiProperty({ description: 'Bắt đầu dựng lại lúc', format: 'date-time' })
  startedAt: string;
  @ApiProperty({ description: 'Cập nhật gần nhất lúc', format: 'date-time' })
  updatedAt: string;
}

/** How a projection stands against the log. */
export class ProjectionRow {
  @ApiProperty({ example: 'register_entries' })
  name: string;
  @ApiProperty({ description: 'Phiên bản của phép chiếu', example: 1 })
  version: number;
  @ApiProperty({ ...aText, example: 'register_entries_v1_g1' })
  collection: string | null;
  @ApiProperty({ ...aText, description: 'Vị trí đã qua trong nhật ký' })
  position: string | null;
  @ApiProperty({ ...aText, description: 'Vị trí cuối của nhật ký' })
  head: string | null;
  @ApiProperty({ description: 'Khoảng bao nhiêu sự kiện chưa qua; 0: không còn', example: 0 })
  lag: number;
  @ApiProperty({ description: 'Sự kiện chưa qua lâu nhất đã chờ bao nhiêu giây', example: 0 })
  lagSeconds: number;
  @ApiProperty({ enum: states, example: 'live' })
  state: (typeof states)[number];
  @ApiProperty({ ...aText, description: 'Tiến trình đang chạy phép chiếu' })
  holder: string | null;
  @ApiProperty({ description: 'Số sự kiện mỗi giây', example: 0 })
  rate: number;
  @ApiProperty({ type: FailureRow, nullable: true })
  failure: FailureRow | null;
  @ApiProperty({
    description: 'Bản đang đọc được dựng từ nhật ký khác: không tra cứu được đến khi dựng lại xong',
    type: AstrayRow,
    nullable: true,
  })
  astray: AstrayRow | null;
  @ApiProperty({
    description: 'Bản kế tiếp đang được dựng bên cạnh',
    type: RebuildRow,
    nullable: true,
  })
  rebuild: RebuildRow | null;
  @ApiProperty({
    description: 'Việc người vận hành yêu cầu gần nhất',
    type: TaskRow,
    nullable: true,
  })
  task: TaskRow | null;
  @ApiProperty({ description: 'Các luồng để riêng', type: [ParkedRow] })
  parked: readonly ParkedRow[];
  @ApiProperty({ description: 'Quyết định của người vận hành', type: [DecisionRow] })
  decisions: readonly DecisionRow[];
}

export class ProjectionList {
  @ApiProperty({ description: 'Các bảng đọc', type: [ProjectionRow] })
  items: ProjectionRow[];
}
