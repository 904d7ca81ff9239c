import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { authorities, entryStateLabels, fieldLabels, type Authority } from '#domain';
import { PageFacts, SearchQuery } from '../http/paging.dto.ts';
import { CommandAnswer } from './books.dto.ts';

export type EntryStateName = keyof typeof entryStateLabels;
const states = Object.keys(entryStateLabels) as EntryStateName[];

export class SignatureRefDto {
  @ApiProperty({ description: 'Tài khoản người ký', example: 'ky.nguyen' })
  @IsString()
  @MaxLength(128)
  account: string;

  @ApiPropertyOptional({ description: 'Chữ ký; không ghi thì lấy chữ ký mặc định của tài khoản' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  id?: string;
}

export class SealRefDto {
  @ApiPropertyOptional({ description: 'Con dấu; không ghi thì lấy con dấu mặc định của cơ quan' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  id?: string;
}

/** The register's columns. */
class EntryColumnsDto {
  @ApiPropertyOptional({
    description: `${fieldLabels.certifiedOn}; mặc định là hôm nay`,
    example: '2024-05-10',
    format: 'date',
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
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
  @IsOptional()
  @IsString()
  @MaxLength(500)
  certifierFullName?: string;

  @ApiPropertyOptional({
    description: `${fieldLabels.certifierTitle}; mặc định theo chữ ký`,
    example: 'Phó Chủ tịch UBND',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  certifierTitle?: string;

  @ApiPropertyOptional({ description: fieldLabels.authority, enum: authorities, nullable: true })
  @IsOptional()
  @IsIn(authorities)
  authority?: Authority | null;

  @ApiProperty({ description: `${fieldLabels.copies} (*)`, example: 2, minimum: 1 })
  @IsNumber()
  copies: number;

  @ApiProperty({ description: `${fieldLabels.fee} (*)`, example: 20000, minimum: 0 })
  @IsNumber()
  fee: number;

  @ApiPropertyOptional({ description: fieldLabels.note, example: '' })
  @IsOptional()
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
  @IsNumber()
  document: number;

  @ApiPropertyOptional({ type: SignatureRefDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => SignatureRefDto)
  signature?: SignatureRefDto;

  @ApiPropertyOptional({ type: SealRefDto })
  @IsOptional()
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
  @MaxLength(40)
  decisionDate: string;

  @ApiProperty({ description: `${fieldLabels.reason} (*)`, example: 'Bản chính giả mạo' })
  @IsString()
  @MaxLength(2000)
  reason: string;
}

export class EntryListQuery extends SearchQuery {
  @ApiPropertyOptional({ description: 'Trạng thái', enum: states })
  @IsOptional()
  @IsIn(states)
  state?: EntryStateName;

  @ApiPropertyOptional({ description: fieldLabels.dossier, example: 'H03.24-240510-0001' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  dossier?: string;
}

export class ImageUseDto {
  @ApiProperty()
  id: string;
  @ApiProperty({ description: 'Phiên bản ảnh tại thời điểm cấp số', example: 1 })
  version: number;
  @ApiProperty({ description: 'SHA-256 của tệp gốc' })
  sha256: string;
}

export class SignatureUseDto extends ImageUseDto {
  @ApiProperty({ description: 'Tài khoản người ký' })
  account: string;
}

/** One number as it stands. */
export class EntryFacts extends PickType(EntryColumnsDto, [
  'requester',
  'documentTitle',
  'copies',
  'fee',
] as const) {
  @ApiProperty({ example: 'SCTDT.BS-2024-0123456789abcdef' })
  bookId: string;
  @ApiProperty({ example: '01/2024-SCTĐT/BS' })
  bookName: string;
  @ApiProperty({ example: 1 })
  number: number;
  @ApiProperty({ description: fieldLabels.number, example: '001/ĐT' })
  numberText: string;
  @ApiProperty({ example: 'Số chứng thực: 001/ĐT; quyển số: 01/2024-SCTĐT/BS' })
  citation: string;
  @ApiProperty({ example: 'H03.24-240510-0001' })
  dossier: string;
  @ApiProperty({ example: 1 })
  document: number;
  @ApiProperty({ example: '2024-05-10' })
  certifiedOn: string;
  @ApiProperty({ example: 'Nguyễn Văn An' })
  certifierFullName: string;
  @ApiProperty({ example: 'Phó Chủ tịch UBND' })
  certifierTitle: string;
  @ApiProperty({ enum: authorities, nullable: true, type: String })
  authority: Authority | null;
  @ApiProperty({ example: '' })
  note: string;
  @ApiProperty({ type: SignatureUseDto, nullable: true })
  signature: SignatureUseDto | null;
  @ApiProperty({ type: ImageUseDto, nullable: true })
  seal: ImageUseDto | null;
  @ApiProperty({ enum: states })
  state: EntryStateName;
  @ApiProperty({ description: 'Trạng thái', example: 'Đã cấp số' })
  stateLabel: string;
}

export class EntryRow extends EntryFacts {
  @ApiProperty({ example: '2024-05-10T01:05:00.000Z' })
  assignedAt: string;
  @ApiProperty({ example: 'Trần Thị Bình' })
  assignedBy: string;
  @ApiProperty({
    description:
      'Đính chính, hủy số, hủy giá trị pháp lý: ai, khi nào, vì sao, giá trị trước và sau',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
  })
  annotations: object[];
  @ApiProperty({ example: 3 })
  revision: number;
}

export class EntryPage extends PageFacts {
  @ApiProperty({ type: [EntryRow] })
  items: EntryRow[];
}

export class EntryAnswer extends CommandAnswer {
  @ApiProperty({ type: EntryFacts })
  entry: EntryFacts;
}
