import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString } from 'class-validator';
import {
  fieldLabels,
  longest,
  mandateKindLabels,
  mandateStatusLabels,
  registerTypes,
  type MandateKind,
  type MandateStatus,
} from '#domain';
import { CommandAnswer } from '../books/books.dto.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { IsDay } from '../http/fields/is-day.ts';
import { PageFacts, SearchQuery, SortedBy } from '../http/fields/paging.dto.ts';
import { Text } from '../http/fields/text.ts';

const kinds = Object.keys(mandateKindLabels) as MandateKind[];
const statuses = Object.keys(mandateStatusLabels) as MandateStatus[];
const typeCodes = registerTypes.map(({ code }) => code);

export class RecordMandateDto {
  @ApiProperty({
    description: `${fieldLabels.mandateKind} (*). delegation: ủy quyền, phải có thời hạn; assignment: phân công`,
    enum: kinds,
    example: 'assignment',
  })
  @IsIn(kinds)
  mandateKind: MandateKind;

  @Text({
    description: `${fieldLabels.holderFullName} (*), như ghi khi cấp số`,
    example: 'Nguyễn Văn An',
    most: longest.holderFullName,
  })
  holderFullName: string;

  @Text({
    description: `${fieldLabels.holderTitle} (*), như ghi khi cấp số`,
    example: 'Phó Chủ tịch UBND',
    most: longest.holderTitle,
  })
  holderTitle: string;

  @Text({
    description: `${fieldLabels.holderAccount}; ghi thì chữ ký của tài khoản khác không được tính`,
    example: 'an.nguyen',
    most: longest.holderAccount,
    optional: true,
  })
  holderAccount?: string;

  @Text({
    description: `${fieldLabels.mandateIssuer} (*)`,
    example: 'Chủ tịch UBND xã Thượng Minh',
    most: longest.mandateIssuer,
  })
  mandateIssuer: string;

  @Text({
    description: `${fieldLabels.mandateNumber} (*)`,
    example: '15/QĐ-UBND',
    most: longest.mandateNumber,
  })
  mandateNumber: string;

  @ApiProperty({
    description: `${fieldLabels.issuedOn} (*): hôm nay hoặc ngày trước đó`,
    example: '2025-10-30',
    format: 'date',
  })
  @IsString()
  @IsDay()
  issuedOn: string;

  @ApiPropertyOptional({
    description: `${fieldLabels.scope}; không ghi là mọi loại`,
    type: 'array',
    items: { type: 'string', enum: typeCodes },
    minItems: 1,
    maxItems: typeCodes.length,
    example: ['SCTDT.BS'],
  })
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(typeCodes.length)
  @IsIn(typeCodes, { each: true })
  scope?: string[];

  @ApiProperty({
    description: `${fieldLabels.validFrom} (*): không trước ngày văn bản`,
    example: '2025-11-01',
    format: 'date',
  })
  @IsString()
  @IsDay()
  validFrom: string;

  @ApiPropertyOptional({
    description: `${fieldLabels.validTo} (kể cả ngày đó); phân công có thể không ghi: đến khi chấm dứt`,
    example: '2026-12-31',
    format: 'date',
  })
  @IfGiven()
  @IsString()
  @IsDay()
  validTo?: string;
}

export class EndMandateDto {
  @ApiPropertyOptional({
    description: `${fieldLabels.endedOn}: ngày đầu tiên không còn hiệu lực; mặc định là hôm nay. Ghi nhận nhầm thì lấy ngày bắt đầu hiệu lực`,
    example: '2026-06-01',
    format: 'date',
  })
  @IfGiven()
  @IsString()
  @IsDay()
  endedOn?: string;

  @Text({
    description: `${fieldLabels.reason} (*)`,
    example: 'Quyết định số 20/QĐ-UBND phân công lại',
    most: longest.reason,
  })
  reason: string;
}

export const mandateSorting = {
  initial: '-validFrom',
  columns: {
    validFrom: 'validFrom',
    holderFullName: 'holderFullNameOrder',
    recordedAt: 'recordedAt',
  },
};

export class MandateListQuery extends SearchQuery {
  @SortedBy(mandateSorting)
  sort?: string;

  @ApiPropertyOptional({ description: 'Trạng thái vào ngày xét', enum: statuses })
  @IfGiven()
  @IsIn(statuses)
  status?: MandateStatus;

  @ApiPropertyOptional({
    description: 'Ngày xét trạng thái; mặc định là hôm nay',
    example: '2026-05-10',
    format: 'date',
  })
  @IfGiven()
  @IsString()
  @IsDay()
  on?: string;
}

/** A mandate as it stands on a day. */
export class MandateFacts {
  @ApiProperty({ example: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' })
  id: string;
  @ApiProperty({ enum: kinds, example: 'assignment' })
  mandateKind: MandateKind;
  @ApiProperty({ description: fieldLabels.mandateKind, example: 'Phân công' })
  mandateKindLabel: string;
  @ApiProperty({ description: fieldLabels.holderFullName, example: 'Nguyễn Văn An' })
  holderFullName: string;
  @ApiProperty({ description: fieldLabels.holderTitle, example: 'Phó Chủ tịch UBND' })
  holderTitle: string;
  @ApiProperty({
    description: fieldLabels.holderAccount,
    type: String,
    nullable: true,
    example: 'an.nguyen',
  })
  holderAccount: string | null;
  @ApiProperty({ description: fieldLabels.mandateIssuer, example: 'Chủ tịch UBND xã Thượng Minh' })
  mandateIssuer: string;
  @ApiProperty({ description: fieldLabels.mandateNumber, example: '15/QĐ-UBND' })
  mandateNumber: string;
  @ApiProperty({ description: fieldLabels.issuedOn, example: '2025-10-30' })
  issuedOn: string;
  @ApiProperty({
    description: `${fieldLabels.scope}; null là mọi loại`,
    type: [String],
    nullable: true,
    example: ['SCTDT.BS'],
  })
  scope: readonly string[] | null;
  @ApiProperty({ description: fieldLabels.scope, example: 'SCTĐT/BS' })
  scopeLabel: string;
  @ApiProperty({ description: fieldLabels.validFrom, example: '2025-11-01' })
  validFrom: string;
  @ApiProperty({
    description: fieldLabels.validTo,
    type: String,
    nullable: true,
    example: '2026-12-31',
  })
  validTo: string | null;
  @ApiProperty({ enum: statuses, example: 'in-force' })
  status: MandateStatus;
  @ApiProperty({ description: 'Trạng thái', example: 'Đang hiệu lực' })
  statusLabel: string;
  @ApiProperty({ description: fieldLabels.endedOn, type: String, nullable: true, example: null })
  endedOn: string | null;
  @ApiProperty({ description: fieldLabels.endReason, type: String, nullable: true, example: null })
  endReason: string | null;
}

export class MandateRow extends MandateFacts {
  @ApiProperty({ example: 'BK-001' })
  agency: string;
  @ApiProperty({ example: '2025-11-01T01:00:00.000Z' })
  recordedAt: string;
  @ApiProperty({ example: 'Hoàng Văn Thư' })
  recordedBy: string;
  @ApiProperty({ description: 'Người ghi nhận chấm dứt', type: String, nullable: true })
  endedBy: string | null;
  @ApiProperty({ description: 'Phiên bản của luồng sự kiện tại thay đổi gần nhất', example: 0 })
  revision: number;
}

export class MandatePage extends PageFacts {
  @ApiProperty({ description: 'Các văn bản của trang', type: [MandateRow] })
  items: MandateRow[];
}

export class MandateAnswer extends CommandAnswer {
  @ApiProperty({ type: MandateFacts })
  mandate: MandateFacts;
}
