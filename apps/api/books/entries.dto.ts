import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  authorities,
  entryStateLabels,
  fieldLabels,
  type Authority,
  type EntryStateName,
} from '#domain';
import { SearchQuery, SortedBy } from '../http/fields/paging.dto.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { IsDay } from '../http/fields/is-day.ts';

export const states = Object.keys(entryStateLabels) as EntryStateName[];

export class SignatureRefDto {
  @ApiProperty({ description: 'Tài khoản người ký', example: 'ky.nguyen' })
  @IsString()
  @MaxLength(128)
  account: string;

  @ApiPropertyOptional({ description: 'Chữ ký; không ghi thì lấy chữ ký mặc định của tài khoản' })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  id?: string;
}

export class SealRefDto {
  @ApiPropertyOptional({ description: 'Con dấu; không ghi thì lấy con dấu mặc định của cơ quan' })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  id?: string;
}

/** The register's columns. */
export class EntryColumnsDto {
  @ApiPropertyOptional({
    description: `${fieldLabels.certifiedOn}; mặc định là hôm nay`,
    example: '2024-05-10',
    format: 'date',
  })
  @IfGiven()
  @IsString()
  @IsDay()
  certifiedOn?: string;

  @ApiProperty({ description: `${fieldLabels.requester} (*)`, example: 'Lê Thị Cúc' })
  @IsString()
  @MaxLength(1000)
  requester: string;

  @ApiProperty({
    description: `${fieldLabels.documentTitle} (*)`,
    example: 'Bằng tốt nghiệp đại học',
  })
  @IsString()
  @MaxLength(2000)
  documentTitle: string;

  @ApiPropertyOptional({
    description: `${fieldLabels.certifierFullName}; mặc định theo chữ ký`,
    example: 'Nguyễn Văn An',
  })
  @IfGiven()
  @IsString()
  @MaxLength(500)
  certifierFullName?: string;

  @ApiPropertyOptional({
    description: `${fieldLabels.certifierTitle}; mặc định theo chữ ký`,
    example: 'Phó Chủ tịch UBND',
  })
  @IfGiven()
  @IsString()
  @MaxLength(500)
  certifierTitle?: string;

  @ApiPropertyOptional({ description: fieldLabels.authority, enum: authorities, nullable: true })
  @IsOptional()
  @IsIn(authorities)
  authority?: Authority | null;

  @ApiProperty({ description: `${fieldLabels.copies} (*)`, example: 2, minimum: 1 })
  @IsInt()
  @Min(1)
  copies: number;

  @ApiProperty({ description: `${fieldLabels.fee} (*)`, example: 20000, minimum: 0 })
  @IsInt()
  @Min(0)
  fee: number;

  @ApiPropertyOptional({ description: fieldLabels.note, example: '' })
  @IfGiven()
  @IsString()
  @MaxLength(4000)
  note?: string;
}

export class AssignEntryDto extends EntryColumnsDto {
  @ApiProperty({ description: `${fieldLabels.dossier} (*)`, example: 'H03.24-240510-0001' })
  @IsString()
  @MaxLength(500)
  dossier: string;

  @ApiProperty({ description: `${fieldLabels.document} (*)`, example: 1, minimum: 1 })
  @IsInt()
  @Min(1)
  document: number;

  @ApiPropertyOptional({ type: SignatureRefDto })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SignatureRefDto)
  signature?: SignatureRefDto;

  @ApiPropertyOptional({ type: SealRefDto })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => SealRefDto)
  seal?: SealRefDto;
}

export class CorrectEntryDto extends PartialType(EntryColumnsDto) {
  @ApiProperty({ description: `${fieldLabels.reason} (*)`, example: 'Ghi sai họ tên' })
  @IsString()
  @MaxLength(2000)
  reason: string;
}

export class RevokeEntryDto {
  @ApiProperty({ description: `${fieldLabels.decisionNumber} (*)`, example: '12/QĐ-UBND' })
  @IsString()
  @MaxLength(500)
  decisionNumber: string;

  @ApiProperty({
    description: `${fieldLabels.decisionDate} (*)`,
    example: '2024-05-10',
    format: 'date',
  })
  @IsString()
  @IsDay()
  decisionDate: string;

  @ApiProperty({ description: `${fieldLabels.reason} (*)`, example: 'Bản chính giả mạo' })
  @IsString()
  @MaxLength(2000)
  reason: string;
}

export const entrySorting = {
  initial: 'number',
  columns: { number: 'number', requester: 'requesterOrder' },
};
/** Of one state or one dossier: only the whole book has an index by requester. */
export const narrowedEntrySorting = { initial: 'number', columns: { number: 'number' } };

export class EntryListQuery extends SearchQuery {
  @SortedBy(entrySorting)
  sort?: string;

  @ApiPropertyOptional({ description: 'Trạng thái', enum: states })
  @IfGiven()
  @IsIn(states)
  state?: EntryStateName;

  @ApiPropertyOptional({ description: fieldLabels.dossier, example: 'H03.24-240510-0001' })
  @IfGiven()
  @IsString()
  @MaxLength(100)
  dossier?: string;
}
