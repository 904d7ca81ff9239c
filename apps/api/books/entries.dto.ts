import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, ValidateNested } from 'class-validator';
import {
  authorities,
  entryStateLabels,
  fieldLabels,
  longest,
  ranges,
  type Authority,
  type EntryStateName,
} from '#domain';
import { SearchQuery, SortedBy } from '../http/fields/paging.dto.ts';
import { IfGiven, OrNull } from '../http/fields/if-given.ts';
import { IsDay } from '../http/fields/is-day.ts';
import { OptionalText, Text, Whole } from '../http/fields/text.ts';

export const states = Object.keys(entryStateLabels) as EntryStateName[];

export class SignatureRefDto {
  @Text({ description: 'Tài khoản người ký', example: 'ky.nguyen', most: 128 })
  account: string;

  @Text({
    description: 'Chữ ký; không ghi thì lấy chữ ký mặc định của tài khoản',
    most: 64,
    blank: true,
    optional: true,
  })
  id?: string;
}

export class SealRefDto {
  @Text({
    description: 'Con dấu; không ghi thì lấy con dấu mặc định của cơ quan',
    most: 64,
    blank: true,
    optional: true,
  })
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

  @Text({
    description: `${fieldLabels.requester} (*)`,
    example: 'Lê Thị Cúc',
    most: longest.requester,
  })
  requester: string;

  @Text({
    description: `${fieldLabels.documentTitle} (*)`,
    example: 'Bằng tốt nghiệp đại học',
    most: longest.documentTitle,
  })
  documentTitle: string;

  @Text({
    description: `${fieldLabels.certifierFullName}; mặc định theo chữ ký`,
    example: 'Nguyễn Văn An',
    most: longest.certifierFullName,
    optional: true,
  })
  certifierFullName?: string;

  @Text({
    description: `${fieldLabels.certifierTitle}; mặc định theo chữ ký`,
    example: 'Phó Chủ tịch UBND',
    most: longest.certifierTitle,
    optional: true,
  })
  certifierTitle?: string;

  @ApiPropertyOptional({ description: fieldLabels.authority, enum: authorities, nullable: true })
  @OrNull()
  @IsIn(authorities)
  authority?: Authority | null;

  @Whole({ description: `${fieldLabels.copies} (*)`, example: 2, ...ranges.copies })
  copies: number;

  @Whole({ description: `${fieldLabels.fee} (*)`, example: 20000, ...ranges.fee })
  fee: number;

  @Whole({
    description: `${fieldLabels.pages}; cho biết thì phí theo biểu phí được ghi lại cạnh số phí đã thu`,
    example: 3,
    optional: true,
    ...ranges.pages,
  })
  pages?: number;

  @OptionalText({ description: fieldLabels.note, example: '' })
  note?: string;
}

export class AssignEntryDto extends EntryColumnsDto {
  @Text({
    description: `${fieldLabels.dossier} (*)`,
    example: 'H03.24-240510-0001',
    most: longest.dossier,
  })
  dossier: string;

  @Whole({ description: `${fieldLabels.document} (*)`, example: 1, ...ranges.document })
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
  @Text({
    description: `${fieldLabels.reason} (*)`,
    example: 'Ghi sai họ tên',
    most: longest.reason,
  })
  reason: string;
}

export class RevokeEntryDto {
  @Text({
    description: `${fieldLabels.decisionNumber} (*)`,
    example: '12/QĐ-UBND',
    most: longest.decisionNumber,
  })
  decisionNumber: string;

  @ApiProperty({
    description: `${fieldLabels.decisionDate} (*)`,
    example: '2024-05-10',
    format: 'date',
  })
  @IsString()
  @IsDay()
  decisionDate: string;

  @Text({
    description: fieldLabels.decisionIssuer,
    example: 'Chủ tịch UBND xã Thượng Minh',
    most: longest.decisionIssuer,
    optional: true,
  })
  decisionIssuer?: string;

  @Text({
    description: `${fieldLabels.publishedAt}, cùng ngày đăng tải; gửi ngay, hoặc gửi lại cùng quyết định khi đã đăng`,
    example: 'https://thainguyen.gov.vn/quyet-dinh-12',
    most: longest.publishedAt,
    optional: true,
  })
  publishedAt?: string;

  @ApiPropertyOptional({
    description: fieldLabels.publishedOn,
    example: '2024-05-10',
    format: 'date',
  })
  @IfGiven()
  @IsString()
  @IsDay()
  publishedOn?: string;

  @Text({
    description: `${fieldLabels.reason} (*)`,
    example: 'Bản chính giả mạo',
    most: longest.reason,
  })
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

  @Text({
    description: fieldLabels.dossier,
    example: 'H03.24-240510-0001',
    most: longest.dossier,
    blank: true,
    optional: true,
  })
  dossier?: string;
}
