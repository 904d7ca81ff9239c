import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { groupings, reportColumns, type Grouping } from '#domain';
import { IfGiven } from '../http/fields/if-given.ts';
import { Text } from '../http/fields/text.ts';
import { FiguresRow } from './fees.dto.ts';

const groupingCodes = Object.keys(groupings) as Grouping[];

export class ReportQuery {
  @ApiPropertyOptional({
    description: 'Chia theo: loại sổ, quyển sổ, người ký chứng thực, tháng',
    enum: groupingCodes,
    default: 'type',
  })
  @IfGiven()
  @IsIn(groupingCodes)
  by: Grouping = 'type';
}

export class SumQuery {
  @Text({
    description:
      'Chỉ cơ quan có mã này và các cơ quan cấp dưới: `H55` gồm `H55`, `H55.1`, `H55.1.2`; mặc định là mọi cơ quan được cấp quyền xem',
    example: 'H55',
    most: 32,
    optional: true,
  })
  under?: string;
}

export class ReportColumnRow {
  @ApiProperty({ enum: reportColumns.map(({ code }) => code), example: 'copies' })
  code: string;
  @ApiProperty({ description: 'Tiêu đề cột', example: 'Bản sao từ bản chính' })
  label: string;
  @ApiProperty({ description: 'Đơn vị tính', enum: ['bản', 'việc'], example: 'bản' })
  unit: 'bản' | 'việc';
}

export class ReportTotal extends FiguresRow {
  @ApiProperty({
    description: 'Số liệu của từng cột, theo thứ tự của `columns`',
    type: [Number],
    example: [120, 340, 4],
  })
  results: number[];
}

export class ReportRow extends ReportTotal {
  @ApiProperty({
    description: 'Mã của dòng: loại sổ, quyển sổ, người ký, tháng hoặc cơ quan',
    example: 'SCTDT.BS',
  })
  key: string;
  @ApiProperty({ description: 'Tên của dòng', example: 'SCTĐT/BS' })
  label: string;
}

export class ReportAnswer {
  @ApiProperty({ description: 'Kỳ báo cáo', example: '6 tháng đầu năm' })
  period: string;
  @ApiProperty({ description: 'Ngày đầu kỳ', format: 'date', example: '2024-01-01' })
  from: string;
  @ApiProperty({ description: 'Ngày cuối kỳ', format: 'date', example: '2024-05-31' })
  to: string;
  @ApiProperty({ description: 'Các cột của biểu 17a', type: [ReportColumnRow] })
  columns: ReportColumnRow[];
  @ApiProperty({ description: 'Từng dòng có số đã cấp trong kỳ', type: [ReportRow] })
  items: ReportRow[];
  @ApiProperty({ description: 'Cộng', type: ReportTotal })
  total: ReportTotal;
}
