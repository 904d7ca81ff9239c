import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { authorities, fieldLabels, longest, type Authority } from '#domain';
import { IfGiven } from '../http/fields/if-given.ts';
import { Text } from '../http/fields/text.ts';
import { SealRefDto } from './entries.dto.ts';

export class CloseBookDto {
  @Text({
    description: `${fieldLabels.confirmedByFullName} (*)`,
    example: 'Nguyễn Văn An',
    most: longest.confirmedByFullName,
  })
  confirmedByFullName: string;

  @Text({
    description: `${fieldLabels.confirmedByTitle} (*)`,
    example: 'Phó Chủ tịch UBND',
    most: longest.confirmedByTitle,
  })
  confirmedByTitle: string;

  @ApiPropertyOptional({
    description: fieldLabels.confirmedByAuthority,
    enum: authorities,
    nullable: true,
    example: 'KT.',
  })
  @IsOptional()
  @IsIn(authorities)
  confirmedByAuthority?: Authority | null;

  @ApiPropertyOptional({
    description: 'Con dấu; không ghi thì lấy con dấu mặc định của cơ quan, nếu có',
    type: SealRefDto,
  })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SealRefDto)
  seal?: SealRefDto;
}
