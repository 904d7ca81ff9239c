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

/** Someone was shown register entries or an image. */
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
  @ApiProperty({ description: 'Địa chỉ và tham số đã hỏi' })
  target: string;
  @ApiProperty({ description: 'Địa chỉ mạng của người xem', example: '10.0.0.1' })
  address: string;
  @ApiProperty({ example: 'Mozilla/5.0' })
  userAgent: string;
  @ApiProperty()
  correlationId: string;
}

export class AccessRecordPage extends PageFacts {
  @ApiProperty({ type: [AccessRecordRow] })
  items: AccessRecordRow[];
}
