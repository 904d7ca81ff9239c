import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString } from 'class-validator';
import {
  authorities,
  copyStateLabels,
  fieldLabels,
  stampPlaceLabels,
  stampPlaces,
  type Authority,
  type CopyStateName,
  type StampPlace,
} from '#domain';
import { IfGiven } from '../http/fields/if-given.ts';
import { PageFacts, PagingQuery, type Sorting } from '../http/fields/paging.dto.ts';
import { Text } from '../http/fields/text.ts';

const states = Object.keys(copyStateLabels) as CopyStateName[];
const askedStates = [...states, 'all'] as const;

export const latestFirst: Sorting = { columns: { stampedAt: 'order' }, initial: '-stampedAt' };

export class StampForm {
  @ApiPropertyOptional({
    description: `${fieldLabels.place}: ${Object.entries(stampPlaceLabels)
      .map(([place, label]) => `\`${place}\` ${label}`)
      .join('; ')}`,
    enum: stampPlaces,
    default: 'bottom-right',
  })
  @IfGiven()
  @IsString()
  @IsIn(stampPlaces)
  place?: StampPlace;
}

export class StampUpload extends StampForm {
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'Bản quét của bản chính, một tệp PDF (*)',
  })
  file: File;
}

export class SignedUploadForm {
  @ApiProperty({
    type: 'string',
    format: 'binary',
    description: 'Tệp đã đóng dấu, sau khi ký số (*)',
  })
  file: File;
}

export class CopyListQuery extends PagingQuery {
  @ApiPropertyOptional({
    description: 'Trạng thái; mặc định là đang chờ ký số, `all` là tất cả',
    enum: askedStates,
    default: 'stamped',
  })
  @IfGiven()
  @IsString()
  @IsIn(askedStates)
  state?: (typeof askedStates)[number];

  @Text({ description: 'Chỉ của quyển sổ này', most: 64, blank: true, optional: true })
  bookId?: string;
}

const nobody = { type: String, nullable: true, example: null } as const;

/** An electronic copy on its way from the stamp to the signature. */
export class CopyRow {
  @ApiProperty({ example: 'BK-001' })
  agency: string;
  @ApiProperty({ example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ example: 2024 })
  year: number;
  @ApiProperty({ example: 'SCTDT.BS-2024-0123456789abcdef' })
  bookId: string;
  @ApiProperty({ example: '01/2024-SCTĐT/BS' })
  bookName: string;
  @ApiProperty({ example: 1 })
  number: number;
  @ApiProperty({ description: fieldLabels.number, example: '001/ĐT' })
  numberText: string;
  @ApiProperty({ description: fieldLabels.certifiedOn, example: '2024-05-10' })
  certifiedOn: string;
  @ApiProperty({ description: fieldLabels.certifierFullName, example: 'Nguyễn Văn An' })
  certifierFullName: string;
  @ApiProperty({ description: fieldLabels.certifierTitle, example: 'Phó Chủ tịch UBND' })
  certifierTitle: string;
  @ApiProperty({ enum: authorities, nullable: true, type: String })
  authority: Authority | null;
  @ApiProperty({ enum: states, example: 'stamped' })
  state: CopyStateName;
  @ApiProperty({ description: 'Trạng thái', example: 'Chờ ký số' })
  stateLabel: string;
  @ApiProperty({ description: fieldLabels.place, enum: stampPlaces, example: 'bottom-right' })
  place: StampPlace;
  @ApiProperty({ description: fieldLabels.sourceSha256, example: 'b'.repeat(64) })
  sourceSha256: string;
  @ApiProperty({ description: fieldLabels.stampedSha256, example: 'a'.repeat(64) })
  sha256: string;
  @ApiProperty({ description: 'Dung lượng tệp đã đóng dấu, byte', example: 184_320 })
  bytes: number;
  @ApiProperty({ description: fieldLabels.filePages, example: 3 })
  filePages: number;
  @ApiProperty({ example: '2024-05-10T01:10:00.000Z' })
  stampedAt: string;
  @ApiProperty({ example: 'Trần Thị Bình' })
  stampedBy: string;
  @ApiProperty({ description: fieldLabels.signedSha256, ...nobody })
  signedSha256: string | null;
  @ApiProperty({ description: fieldLabels.signers, type: [String], example: [] })
  signers: string[];
  @ApiProperty(nobody)
  signedAt: string | null;
  @ApiProperty({ description: 'Người ghi nhận tệp đã ký', ...nobody })
  signedBy: string | null;
}

export class CopyPage extends PageFacts {
  @ApiProperty({ description: 'Các bản sao điện tử của trang', type: [CopyRow] })
  items: CopyRow[];
}

export class CopyOfEntry {
  @ApiProperty({
    description: 'Số của sổ bản sao điện tử: có tệp để đóng dấu, ký số',
    example: true,
  })
  isElectronic: boolean;

  @ApiProperty({ description: 'Null khi chưa đóng dấu lần nào', type: CopyRow, nullable: true })
  copy: CopyRow | null;
}
