import { ApiProperty } from '@nestjs/swagger';
import { FiguresRow } from './fees.dto.ts';

export class FiguresOfDay extends FiguresRow {
  @ApiProperty({ format: 'date', example: '2024-05-10' })
  day: string;
}

export class FiguresOfMonth extends FiguresRow {
  @ApiProperty({ example: '2024-05' })
  month: string;
}

export class YearFigures {
  @ApiProperty({ example: 2024 })
  year: number;
  @ApiProperty({ description: 'Từng ngày có chứng thực', type: [FiguresOfDay] })
  days: FiguresOfDay[];
  @ApiProperty({ description: 'Từng tháng có chứng thực', type: [FiguresOfMonth] })
  months: FiguresOfMonth[];
  @ApiProperty({ description: 'Cộng', type: FiguresRow })
  total: FiguresRow;
  @ApiProperty({ description: 'Số lượng số đã cấp trong các sổ của năm', example: 121 })
  numbers: number;
  @ApiProperty({ description: 'Số lần đính chính', example: 3 })
  corrections: number;
}
