import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { fieldLabels, ranges, registerTypes } from '#domain';
import { IfGiven } from '../http/fields/if-given.ts';
import { IsDay } from '../http/fields/is-day.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';

const typeCodes = registerTypes.map(({ code }) => code);

export class FeeQuery {
  @ApiProperty({ description: 'Loại sổ', enum: typeCodes, example: 'SCTDT.BS' })
  @IsIn(typeCodes)
  type: string;

  @ApiPropertyOptional({
    description: fieldLabels.pages,
    example: 3,
    minimum: ranges.pages.least,
    maximum: ranges.pages.most,
  })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(ranges.pages.least)
  @Max(ranges.pages.most)
  pages?: number;

  @ApiProperty({
    description: fieldLabels.copies,
    example: 2,
    minimum: ranges.copies.least,
    maximum: ranges.copies.most,
  })
  @WholeNumber()
  @IsInt()
  @Min(ranges.copies.least)
  @Max(ranges.copies.most)
  copies: number;

  @ApiPropertyOptional({
    description: `${fieldLabels.certifiedOn}; mặc định là hôm nay`,
    example: '2024-05-10',
    format: 'date',
  })
  @IfGiven()
  @IsString()
  @IsDay()
  certifiedOn?: string;
}

export class FeeProposal {
  @ApiProperty({
    description:
      'Đồng; null khi ngày đó chưa có biểu phí, hoặc biểu phí tính theo trang mà chưa biết số trang',
    type: Number,
    nullable: true,
    example: 10000,
  })
  proposedFee: number | null;
  @ApiProperty({
    description: 'Văn bản quy định biểu phí của ngày đó',
    type: String,
    nullable: true,
    example: 'Thông tư 226/2016/TT-BTC',
  })
  source: string | null;
}

/** Sums, as every report has them. */
export class FiguresRow {
  @ApiProperty({ description: 'Số việc đã chứng thực', example: 120 })
  matters: number;
  @ApiProperty({ description: fieldLabels.voided, example: 1 })
  voided: number;
  @ApiProperty({ description: fieldLabels.revoked, example: 0 })
  revoked: number;
  @ApiProperty({ description: 'Số bản', example: 340 })
  copies: number;
  @ApiProperty({ description: fieldLabels.fees, example: 2500000 })
  fee: number;
  @ApiProperty({ description: 'Tổng phí theo biểu phí của các việc có biểu phí', example: 2500000 })
  proposedFee: number;
  @ApiProperty({ description: 'Số việc thu khác biểu phí', example: 0 })
  feesThatDiffer: number;
  @ApiProperty({ description: 'Số việc không tính được theo biểu phí', example: 4 })
  withoutProposal: number;
}

export class FeesOfType extends FiguresRow {
  @ApiProperty({ description: 'Loại sổ', example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ description: 'Ký hiệu', example: 'SCTĐT/BS' })
  label: string;
}

export class FeeStatement {
  @ApiProperty({ example: '2024-05' })
  month: string;
  @ApiProperty({ description: 'Hạn nộp: ngày 05 của tháng sau', example: '2024-06-05' })
  remitBy: string;
  @ApiProperty({ description: 'Từng loại sổ có việc trong tháng', type: [FeesOfType] })
  items: FeesOfType[];
  @ApiProperty({ description: 'Cộng', type: FiguresRow })
  total: FiguresRow;
}
