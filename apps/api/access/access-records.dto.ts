import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { accessKinds, type AccessKind } from '#audit';
import { IfGiven } from '../http/fields/if-given.ts';
import { PageFacts } from '../http/fields/paging.dto.ts';
import { PeriodQuery } from '../http/fields/period.dto.ts';

export class AccessRecordQuery extends PeriodQuery {
  @ApiPropertyOptional({ enum: accessKinds, description: 'Chỉ loại dữ liệu này' })
  @IfGiven()
  @IsIn(accessKinds)
  kind?: AccessKind;
}

/** Someone was shown register entries, an image or history. */
export class AccessRecordRow {
  @ApiProperty({ example: '2024-05-10T01:00:00.000Z' })
  at: string;
  @ApiProperty({ description: 'Tài khoản', example: 'binh.tran' })
  account: string;
  @ApiProperty({ description: 'Người xem', example: 'Trần Thị Bình' })
  actor: string;
  @ApiProperty({ example: 'receiving-officer' })
  role: string;
  @ApiProperty({ description: 'Tài khoản dịch vụ gọi thay', type: String, nullable: true })
  via: string | null;
  @ApiProperty({ description: 'Dữ liệu của cơ quan', example: 'BK-001' })
  agency: string;
  @ApiProperty({ enum: accessKinds })
  kind: AccessKind;
  @ApiProperty({ example: 'GET' })
  method: string;
  @ApiProperty({ description: 'Địa chỉ đã hỏi', example: '/v1/agencies/BK-001/history' })
  path: string;
  @ApiProperty({
    description: 'Tham số đã hỏi, trừ những tham số trong `searched`',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { limit: '10' },
  })
  query: Readonly<Record<string, string>>;
  @ApiProperty({
    description: 'Tên các tham số có thể chứa họ tên, mã hồ sơ: đã tìm theo gì, không lưu giá trị',
    type: [String],
    example: ['search'],
  })
  searched: readonly string[];
  @ApiProperty({ description: 'Trạng thái HTTP của câu trả lời', example: 200 })
  status: number;
  @ApiProperty({
    description: 'Số dòng đã trả lời; null trong bản ghi từ khi chưa lưu',
    type: Number,
    nullable: true,
    example: 10,
  })
  shown: number | null;
  @ApiProperty({ description: 'Các số chứng thực đã hiện', type: [Number], example: [1, 2] })
  numbers: readonly number[];
  @ApiProperty({ description: 'Địa chỉ mạng của người xem', example: '10.0.0.1' })
  address: string;
  @ApiProperty({ example: 'Mozilla/5.0' })
  userAgent: string;
  @ApiProperty({ description: 'Mã yêu cầu' })
  correlationId: string;
}

export class AccessRecordPage extends PageFacts {
  @ApiProperty({ description: 'Các lượt xem của trang', type: [AccessRecordRow] })
  items: AccessRecordRow[];
}
