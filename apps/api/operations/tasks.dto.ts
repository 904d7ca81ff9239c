import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { fieldLabels, longest } from '#domain';
import { allProjections, taskKinds, taskStates, type TaskKind, type TaskState } from '#projections';
import { Text } from '../http/fields/text.ts';
import { EventNameRow } from './event-name-row.ts';
import { ProgressFacts } from './progress-facts.ts';

const names = allProjections.map(({ name }) => name);
const aText = { type: String, nullable: true } as const;
const anInstant = { ...aText, format: 'date-time' } as const;

/** What an operator decides, and why. */
export class DecideDto {
  @Text({ description: `${fieldLabels.reason} (*)`, most: longest.reason })
  reason: string;
}

export class SkipDto extends DecideDto {
  @Text({
    description: 'Vị trí của sự kiện cần bỏ qua; không cần nếu chỉ có một sự kiện lỗi',
    most: 60,
    optional: true,
  })
  position?: string;
}

export class AskTasksDto extends DecideDto {
  static readonly labels = { kind: 'Việc (kind)', projections: 'Các bảng đọc (projections)' };

  @ApiProperty({
    description:
      'Dựng lại từ nhật ký; quay về bản trước; đối chiếu với nhật ký; đối chiếu và sửa những gì khác',
    enum: taskKinds,
  })
  @IsIn(taskKinds)
  kind: TaskKind;

  @ApiProperty({
    description: 'Tên các bảng đọc',
    type: [String],
    minItems: 1,
    maxItems: names.length,
    uniqueItems: true,
    items: { type: 'string', enum: names },
    example: ['register_entries'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(names.length)
  @ArrayUnique()
  @IsIn(names, { each: true })
  projections: string[];
}

class AskerRow {
  @ApiProperty({ description: 'Tài khoản' })
  account: string;
  @ApiProperty({ description: 'Họ tên' })
  name: string;
  @ApiProperty({ description: 'Lý do' })
  reason: string;
}

class FoundRow {
  @ApiProperty({
    description: 'Thiếu; thừa; khác nội dung',
    enum: ['missing', 'surplus', 'different'],
  })
  kind: 'missing' | 'surplus' | 'different';
  @ApiProperty({ description: 'Mã của dòng dữ liệu' })
  id: string;
  @ApiPropertyOptional({ description: 'Các trường khác', type: [String] })
  fields?: readonly string[];
}

class FindingsRow {
  @ApiProperty({ description: 'Số dòng đã đối chiếu', example: 120000 })
  documents: number;
  @ApiProperty({ description: 'Số dòng khác với nhật ký', example: 0 })
  found: number;
  @ApiProperty({ description: 'Số dòng đã sửa; null: chỉ đối chiếu', type: Number, nullable: true })
  repaired: number | null;
  @ApiProperty({ description: 'Số dòng vẫn còn khác', example: 0 })
  left: number;
  @ApiProperty({ description: 'Những dòng khác, nhiều nhất 100 dòng đầu', type: [FoundRow] })
  differences: readonly FoundRow[];
  @ApiProperty({
    description: 'Sự kiện đã bỏ qua hoặc để riêng: không kết luận gì về chúng',
    type: [EventNameRow],
  })
  notJudged: readonly EventNameRow[];
}

/** What an operator has asked for, and how far it is. */
export class TaskRow extends ProgressFacts {
  @ApiProperty({ description: 'Mã của việc', example: '9f86d081884c7d659a2feaa0c55ad015' })
  id: string;
  @ApiProperty({ enum: taskKinds })
  kind: TaskKind;
  @ApiProperty({ description: 'Người yêu cầu', type: AskerRow })
  by: AskerRow;
  @ApiProperty({ description: 'Yêu cầu lúc', format: 'date-time' })
  askedAt: string;
  @ApiProperty({
    description:
      '`waiting`: chờ tiến trình chạy bảng đọc nhận; `calling-off`: đang dừng theo yêu cầu',
    enum: taskStates,
  })
  state: TaskState;
  @ApiProperty({ ...aText, description: 'Tiến trình đang làm' })
  holder: string | null;
  @ApiProperty({ description: 'Số lần đã bắt đầu', example: 1 })
  attempts: number;
  @ApiProperty({ ...anInstant, description: 'Bắt đầu lúc' })
  startedAt: string | null;
  @ApiProperty({ ...anInstant, description: 'Kết thúc lúc' })
  endedAt: string | null;
  @ApiProperty({ ...aText, description: 'Tài khoản đã yêu cầu dừng' })
  calledOffBy: string | null;
  @ApiProperty({ ...aText, description: 'Lỗi đã gặp' })
  error: string | null;
  @ApiProperty({ description: 'Kết quả đối chiếu, sửa', type: FindingsRow, nullable: true })
  findings: FindingsRow | null;
}

/** A task, and the read model it is of. */
export class TaskOfProjection extends TaskRow {
  @ApiProperty({ description: 'Tên bảng đọc', enum: names, example: 'register_entries' })
  projection: string;
}

export class TaskList {
  @ApiProperty({ description: 'Các việc', type: [TaskOfProjection] })
  items: TaskOfProjection[];
}

export class DecidedEvents {
  @ApiProperty({ description: 'Các sự kiện lỗi mà quyết định áp dụng', type: [EventNameRow] })
  events: readonly EventNameRow[];
}
