import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import { authorities, fieldLabels, longest, registerTypes, type Authority } from '#domain';
import { IfGiven } from '../http/fields/if-given.ts';
import { IsDay } from '../http/fields/is-day.ts';
import { Text } from '../http/fields/text.ts';
import { MandateFacts } from './mandates.dto.ts';

const typeCodes = registerTypes.map(({ code }) => code);

/** Who is to certify what, as the number would be asked for. */
export class MandateNeedQuery {
  @ApiProperty({ description: 'Loại sổ', enum: typeCodes, example: 'SCTDT.BS' })
  @IsIn(typeCodes)
  type: string;

  @ApiPropertyOptional({
    description: `${fieldLabels.certifiedOn}; mặc định là hôm nay`,
    example: '2026-05-10',
    format: 'date',
  })
  @IfGiven()
  @IsString()
  @IsDay()
  certifiedOn?: string;

  @ApiPropertyOptional({ description: fieldLabels.authority, enum: authorities, example: 'KT.' })
  @IfGiven()
  @IsIn(authorities)
  authority?: Authority;

  @Text({
    description: fieldLabels.certifierFullName,
    example: 'Nguyễn Văn An',
    most: longest.certifierFullName,
  })
  certifierFullName: string;

  @Text({
    description: fieldLabels.certifierTitle,
    example: 'Phó Chủ tịch UBND',
    most: longest.certifierTitle,
  })
  certifierTitle: string;

  @Text({
    description: 'Tài khoản của chữ ký sẽ dùng',
    example: 'an.nguyen',
    most: longest.holderAccount,
    optional: true,
  })
  account?: string;
}

export class MandateNeed {
  @ApiProperty({ description: 'Có phải có văn bản ủy quyền, phân công không', example: true })
  isNeeded: boolean;
  @ApiProperty({
    description: 'Văn bản quy định việc đó; null khi không cần',
    type: String,
    nullable: true,
    example: 'Nghị định 280/2025/NĐ-CP',
  })
  source: string | null;
  @ApiProperty({
    description: 'Văn bản sẽ là căn cứ ký; null khi không cần hoặc chưa có',
    type: MandateFacts,
    nullable: true,
  })
  mandate: MandateFacts | null;
  @ApiProperty({
    description: 'Cấp số sẽ bị từ chối vì sao và cần làm gì; null khi không thiếu gì',
    type: String,
    nullable: true,
    example: null,
  })
  missing: string | null;
}
