import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** An event in the log. */
export class EventNameRow {
  @ApiPropertyOptional({ description: 'Mã của sự kiện; không có ở những gì phiên bản cũ đã ghi' })
  id?: string | undefined;
  @ApiProperty({ description: 'Vị trí trong nhật ký' })
  position: string;
  @ApiProperty({ example: 'register-BK-001-SCTDT.BS-2024' })
  stream: string;
  @ApiProperty({ example: 12 })
  revision: number;
  @ApiProperty({ example: 'EntryNumberAssigned' })
  type: string;
}
