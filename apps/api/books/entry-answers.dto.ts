import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  authorities,
  copyStateLabels,
  fieldLabels,
  stampPlaces,
  type Authority,
  type CopyStateName,
  type EntryStateName,
  type StampPlace,
} from '#domain';
import { PageFacts } from '../http/fields/paging.dto.ts';
import { CommandAnswer } from './books.dto.ts';
import { states } from './entries.dto.ts';

export class ImageUseDto {
  @ApiProperty({ description: 'Mã chữ ký hoặc con dấu' })
  id: string;
  @ApiProperty({ description: 'Phiên bản ảnh tại thời điểm cấp số', example: 1 })
  version: number;
  @ApiProperty({ description: 'SHA-256 của tệp gốc' })
  sha256: string;
}

export class SealUseDto extends ImageUseDto {
  @ApiProperty({ description: 'Mã cơ quan có con dấu', example: 'BK-001' })
  agency: string;
}

export class SignatureUseDto extends ImageUseDto {
  @ApiProperty({ description: 'Tài khoản người ký' })
  account: string;
}

export class MandateUseDto {
  @ApiProperty({ description: 'Mã văn bản ủy quyền, phân công' })
  id: string;
  @ApiProperty({ description: fieldLabels.mandateNumber, example: '15/QĐ-UBND' })
  mandateNumber: string;
  @ApiProperty({
    description: 'Phiên bản của luồng ủy quyền, phân công khi cấp số',
    example: 0,
  })
  revision: number;
}

/** One number as it stands. */
export class EntryFacts {
  @ApiProperty({ description: fieldLabels.requester, example: 'Lê Thị Cúc' })
  requester: string;
  @ApiProperty({ description: fieldLabels.documentTitle, example: 'Bằng tốt nghiệp đại học' })
  documentTitle: string;
  @ApiProperty({ description: fieldLabels.copies, example: 2 })
  copies: number;
  @ApiProperty({ description: fieldLabels.fee, example: 20000 })
  fee: number;
  @ApiProperty({ description: fieldLabels.pages, type: Number, nullable: true, example: 3 })
  pages: number | null;
  @ApiProperty({
    description: fieldLabels.proposedFee,
    type: Number,
    nullable: true,
    example: 10000,
  })
  proposedFee: number | null;
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
  @ApiProperty({
    description: 'Null khi số mất dữ liệu',
    type: String,
    nullable: true,
    example: '2024-05-10',
  })
  certifiedOn: string | null;
  @ApiProperty({
    description: `${fieldLabels.verificationCode}; null với số cấp trước khi có mã`,
    type: String,
    nullable: true,
    example: '01AV-9QXT-2B4C-WZ10',
  })
  verificationCode: string | null;
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
  @ApiProperty({
    description: `${fieldLabels.mandate} là căn cứ ký; null khi không cần`,
    type: MandateUseDto,
    nullable: true,
  })
  mandate: MandateUseDto | null;
  @ApiProperty({ enum: states })
  state: EntryStateName;
  @ApiProperty({ description: 'Trạng thái', example: 'Đã cấp số' })
  stateLabel: string;
}

/** The electronic copy of a number, as far as it is on its way. */
export class CopyFacts {
  @ApiProperty({ enum: Object.keys(copyStateLabels), example: 'stamped' })
  state: CopyStateName;
  @ApiProperty({ description: fieldLabels.sourceSha256, example: 'b'.repeat(64) })
  sourceSha256: string;
  @ApiProperty({ description: fieldLabels.place, enum: stampPlaces, example: 'bottom-right' })
  place: StampPlace;
  @ApiProperty({ description: fieldLabels.stampedSha256, example: 'a'.repeat(64) })
  sha256: string;
  @ApiProperty({ description: 'Dung lượng tệp đã đóng dấu, byte', example: 184_320 })
  bytes: number;
  @ApiProperty({ description: fieldLabels.filePages, example: 3 })
  filePages: number;
  @ApiProperty({
    description: fieldLabels.signedSha256,
    type: String,
    nullable: true,
    example: null,
  })
  signedSha256: string | null;
  @ApiProperty({ description: fieldLabels.signers, type: [String], example: [] })
  signers: readonly string[];
}

/** One number right after a command, with what ended it, if anything did. */
export class EntryOutcome extends EntryFacts {
  @ApiProperty({ description: fieldLabels.copy, type: CopyFacts, nullable: true })
  copy: CopyFacts | null;
  @ApiPropertyOptional({ description: 'Lý do hủy số', example: 'Rút hồ sơ' })
  voidReason?: string;
  @ApiPropertyOptional({ description: fieldLabels.decisionNumber, example: '12/QĐ-UBND' })
  decisionNumber?: string;
  @ApiPropertyOptional({ description: fieldLabels.decisionDate, example: '2024-05-10' })
  decisionDate?: string;
  @ApiPropertyOptional({
    description: fieldLabels.decisionIssuer,
    type: String,
    nullable: true,
    example: 'Chủ tịch UBND xã Thượng Minh',
  })
  decisionIssuer?: string | null;
  @ApiPropertyOptional({
    description: fieldLabels.publishedAt,
    example: 'https://thainguyen.gov.vn/quyet-dinh-12',
  })
  publishedAt?: string;
  @ApiPropertyOptional({ description: fieldLabels.publishedOn, example: '2024-05-10' })
  publishedOn?: string;
  @ApiPropertyOptional({ description: 'Lý do hủy giá trị pháp lý', example: 'Bản chính giả' })
  revokeReason?: string;
}

export class EntryRow extends EntryFacts {
  @ApiProperty({ example: 'BK-001' })
  agency: string;
  @ApiProperty({ example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ example: 2024 })
  year: number;
  @ApiProperty({
    description: 'Null khi số mất dữ liệu',
    type: String,
    nullable: true,
    example: '2024-05-10T01:05:00.000Z',
  })
  assignedAt: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Trần Thị Bình' })
  assignedBy: string | null;
  @ApiProperty({
    description:
      'Đính chính, hủy số, hủy giá trị pháp lý: ai, khi nào, vì sao, giá trị trước và sau',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
  })
  annotations: object[];
  @ApiProperty({
    description: `${fieldLabels.note} như in trên sổ: ghi chú và việc đã làm, ai, khi nào, vì sao`,
    example: 'Đính chính ngày 10/05/2024, Trần Thị Bình: Số bản sao: 2 → 3 (Ghi sai).',
  })
  remarks: string;
  @ApiProperty({ example: 3 })
  revision: number;
}

export class EntryPage extends PageFacts {
  @ApiProperty({ description: 'Các số của trang', type: [EntryRow] })
  items: EntryRow[];
}

export class EntryAnswer extends CommandAnswer {
  @ApiProperty({ type: EntryOutcome })
  entry: EntryOutcome;
}
