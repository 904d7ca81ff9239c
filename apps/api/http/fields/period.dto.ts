import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { INSTANT } from '#domain';
import { IfGiven } from './if-given.ts';
import { PagingQuery } from './paging.dto.ts';

/** A page of what happened in a period, everybody's or one account's. */
export class PeriodQuery extends PagingQuery {
  @ApiPropertyOptional({
    description: 'Từ thời điểm, hoặc từ đầu ngày; không ghi múi giờ là giờ Việt Nam',
    example: '2024-05-10T00:00:00+07:00',
    pattern: INSTANT,
    maxLength: 40,
  })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  from?: string;

  @ApiPropertyOptional({
    description: 'Đến trước thời điểm, hoặc đến hết ngày',
    example: '2024-05-11T00:00:00+07:00',
    pattern: INSTANT,
    maxLength: 40,
  })
  @IfGiven()
  @IsString()
  @MaxLength(40)
  to?: string;

  @ApiPropertyOptional({
    description: 'Chỉ của tài khoản này',
    example: 'binh.tran',
    maxLength: 128,
  })
  @IfGiven()
  @IsString()
  @MaxLength(128)
  account?: string;
}
