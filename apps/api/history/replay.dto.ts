import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { thingLabels, type ThingKind } from '#domain';
import { Counted } from '../http/fields/counted.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';
import { AuditChangeDto, EventFacts } from './history.dto.ts';

/** More events than any stream has. */
const MOST = 1_000_000_000;
/** A page is in memory at once. */
const MOST_STEPS = 100;

export class ReplayQuery {
  @ApiProperty({
    description: 'Luồng, như nhật ký nêu ở `stream`',
    maxLength: 300,
    example: 'register-BK-001-SCTDT.BS-2024',
  })
  @IsString()
  @MaxLength(300)
  stream: string;

  @ApiPropertyOptional({
    description: 'Phiên bản của sự kiện đầu tiên',
    default: 0,
    minimum: 0,
    maximum: MOST,
  })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(0)
  @Max(MOST)
  from: number = 0;

  @Counted({ description: 'Số sự kiện', default: 10, most: MOST_STEPS })
  limit: number = 10;
}

export class ReplayedField extends AuditChangeDto {
  @ApiProperty({ description: 'Sự kiện này đã thay đổi cột này' })
  changed: boolean;
}

/** What an event was about, as it was after it. */
export class ReplayedThing {
  @ApiProperty({ enum: Object.keys(thingLabels), example: 'book' })
  kind: ThingKind;
  @ApiProperty({ description: 'Tên loại', example: 'Quyển sổ' })
  label: string;
  @ApiProperty({ description: 'Mã của sổ, chữ ký, con dấu', type: String, nullable: true })
  id: string | null;
  @ApiProperty({ description: 'Số chứng thực', type: Number, nullable: true, example: 1 })
  number: number | null;
  @ApiProperty({
    description: 'Mọi cột có giá trị trước hoặc sau sự kiện',
    type: [ReplayedField],
  })
  fields: ReplayedField[];
}

/** One event, and the state after it. */
export class ReplayedStep extends EventFacts {
  @ApiProperty({
    description: 'Quyển sổ và số chứng thực, chữ ký, con dấu hoặc cơ quan mà sự kiện nói đến',
    type: [ReplayedThing],
  })
  things: ReplayedThing[];
}

export class ReplayAnswer {
  @ApiProperty({ description: 'Các sự kiện theo thứ tự', type: [ReplayedStep] })
  items: ReplayedStep[];
  @ApiProperty({ description: 'Phiên bản của sự kiện cuối của luồng', example: 8 })
  last: number;
  @ApiPropertyOptional({ description: '`from` của trang sau; không có ở trang cuối', example: 10 })
  next?: number;
}
