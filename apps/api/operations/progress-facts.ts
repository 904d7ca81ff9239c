import { ApiProperty } from '@nestjs/swagger';

/** How far somebody is who reads the log. */
export class ProgressFacts {
  @ApiProperty({ description: 'Số sự kiện đã đọc', example: 120000 })
  done: number;
  @ApiProperty({ description: 'trên tổng số', example: 200000 })
  total: number;
  @ApiProperty({ description: 'Số sự kiện mỗi giây', example: 50000 })
  rate: number;
  @ApiProperty({
    description: 'Còn khoảng bao nhiêu giây nữa; null: chưa biết',
    type: Number,
    nullable: true,
    example: 2,
  })
  secondsLeft: number | null;
}
