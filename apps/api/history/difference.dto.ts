import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { INSTANT, thingLabels, type ThingKind } from '#domain';
import { AuditChangeDto } from './history.dto.ts';

/** A revision, or an instant. */
const moment = {
  pattern: `^[0-9]{1,9}$|^checkpoint:[0-9]{1,12}$|${INSTANT}`,
  maxLength: 40,
} as const;
const HOW =
  'phiên bản của luồng, `checkpoint:` và số sự kiện của điểm kiểm tra, hoặc thời điểm (ngày: cuối ngày; không ghi múi giờ: giờ Việt Nam)';

/** Two moments of a thing. */
export class DifferenceQuery {
  @ApiProperty({ description: `Từ: ${HOW}`, example: '0', ...moment })
  @IsString()
  @MaxLength(40)
  from: string;

  @ApiProperty({ description: `Đến: ${HOW}`, example: '2024-05-10T09:00:00+07:00', ...moment })
  @IsString()
  @MaxLength(40)
  to: string;
}

/** The last event that counted at a moment. */
export class MomentReached {
  @ApiProperty({ description: 'Phiên bản của sự kiện cuối được tính; -1 khi chưa có', example: 1 })
  revision: number;
  @ApiProperty({ description: 'Thời điểm của sự kiện đó', type: String, nullable: true })
  occurredAt: string | null;
}

/** What of a thing is another at a later moment than at an earlier one, field by field. */
export class DifferenceAnswer {
  @ApiProperty({ enum: Object.keys(thingLabels), example: 'book' })
  kind: ThingKind;
  @ApiProperty({ description: 'Số chứng thực, nếu có', type: Number, nullable: true })
  entry: number | null;
  @ApiProperty({ type: MomentReached })
  from: MomentReached;
  @ApiProperty({ type: MomentReached })
  to: MomentReached;
  @ApiProperty({
    description: 'Các cột khác nhau; null ở nơi không có gì hoặc chưa tồn tại',
    type: [AuditChangeDto],
  })
  changes: AuditChangeDto[];
}
