import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { INSTANT } from '#domain';
import { IfGiven } from '../http/fields/if-given.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';

/** More events than any log has. */
const MOST_EVENTS = 999_999_999_999;

/** A moment: right after a revision, at an instant, or when a checkpoint was signed; one of the three. */
export class MomentQuery {
  @ApiPropertyOptional({
    description: 'Sau sự kiện có phiên bản này của luồng',
    example: 0,
    minimum: 0,
  })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(0)
  revision?: number;

  @ApiPropertyOptional({
    description: 'Tại thời điểm, hoặc cuối ngày; không ghi múi giờ là giờ Việt Nam',
    example: '2024-05-10T09:00:00+07:00',
    pattern: INSTANT,
    maxLength: 40,
  })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  at?: string;

  @ApiPropertyOptional({
    description: 'Tại điểm kiểm tra có số sự kiện này (`size` của /v1/audit/checkpoints)',
    example: 1042,
    minimum: 1,
    maximum: MOST_EVENTS,
  })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(MOST_EVENTS)
  checkpoint?: number;
}
