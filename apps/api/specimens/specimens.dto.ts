import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn } from 'class-validator';
import { authorities, fieldLabels, longest, versionStateLabels, type Authority } from '#domain';
import { CommandAnswer } from '../books/books.dto.ts';
import { PageFacts } from '../http/fields/paging.dto.ts';
import { IfGiven, OrNull } from '../http/fields/if-given.ts';
import { OptionalText, Text } from '../http/fields/text.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';

export const states = ['in-use', 'revoked'] as const;
const variants = ['full', 'preview', 'thumbnail'] as const;
export type Variant = (typeof variants)[number];

/** Forms carry text only: `true` and `false` are read as what they say, anything else stays wrong. */
const formBoolean = ({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;
const emptyIsNull = ({ value }: { value: unknown }): unknown => (value === '' ? null : value);

const imageFile = (description: string) =>
  ApiProperty({ description, type: 'string', format: 'binary' });

class SpecimenForm {
  @ApiPropertyOptional({ description: fieldLabels.isDefault, type: Boolean })
  @IfGiven()
  @Transform(formBoolean)
  @IsBoolean()
  isDefault?: boolean;

  @ApiPropertyOptional({
    description: 'auto: ảnh phần lớn để trống (như cả trang giấy) thì cắt lấy vùng có hình',
    enum: ['auto'],
  })
  @IfGiven()
  @IsIn(['auto'])
  crop?: 'auto';
}

export class SealForm extends SpecimenForm {
  static readonly labels = { name: fieldLabels.sealName };

  @Text({
    description: `${fieldLabels.sealName} (*)`,
    example: 'Con dấu cơ quan',
    most: longest.sealName,
  })
  name: string;
}

export class SignatureForm extends SpecimenForm {
  static readonly labels = { name: fieldLabels.signatureName };

  @Text({
    description: `${fieldLabels.signatureName} (*)`,
    example: 'Chữ ký lãnh đạo',
    most: longest.signatureName,
  })
  name: string;

  @Text({
    description: `${fieldLabels.signerFullName} (*)`,
    example: 'Nguyễn Văn An',
    most: longest.signerFullName,
  })
  signerFullName: string;

  @Text({
    description: `${fieldLabels.signerTitle} (*)`,
    example: 'Phó Chủ tịch UBND',
    most: longest.signerTitle,
  })
  signerTitle: string;

  @ApiPropertyOptional({ description: fieldLabels.authority, enum: authorities, nullable: true })
  @OrNull()
  @Transform(emptyIsNull)
  @IsIn(authorities)
  authority?: Authority | null;
}

export class EditSealForm extends PartialType(SealForm, { skipNullProperties: false }) {
  static readonly labels = SealForm.labels;

  @OptionalText({ description: fieldLabels.reason, example: 'Ảnh rõ hơn' })
  reason?: string;
}

export class EditSignatureForm extends PartialType(SignatureForm, { skipNullProperties: false }) {
  static readonly labels = SignatureForm.labels;

  @OptionalText({ description: fieldLabels.reason, example: 'Ảnh rõ hơn' })
  reason?: string;
}

/** The multipart bodies as documented; the file itself is multer's. */
export class SignatureUpload extends SignatureForm {
  @imageFile('Chọn tệp → Ảnh chữ ký (*): PNG, JPG hoặc WebP, tối đa 5 MiB')
  image: unknown;
}
export class SealUpload extends SealForm {
  @imageFile('Chọn tệp → Ảnh con dấu (*): PNG, JPG hoặc WebP, tối đa 5 MiB, rõ nét')
  image: unknown;
}
export class EditSignatureUpload extends EditSignatureForm {
  @ApiPropertyOptional({
    description: 'Ảnh mới, thành phiên bản tiếp theo',
    type: 'string',
    format: 'binary',
  })
  image?: unknown;
}
export class EditSealUpload extends EditSealForm {
  @ApiPropertyOptional({
    description: 'Ảnh mới, thành phiên bản tiếp theo',
    type: 'string',
    format: 'binary',
  })
  image?: unknown;
}

export class ImageQuery {
  @ApiPropertyOptional({ enum: variants, default: 'full' })
  @IfGiven()
  @IsIn(variants)
  variant: Variant = 'full';

  @ApiPropertyOptional({
    description: 'Phiên bản ảnh; mặc định là phiên bản mới nhất',
    example: 1,
    minimum: 1,
    maximum: 999,
  })
  @IfGiven()
  @WholeNumber()
  @IsIn(Array.from({ length: 999 }, (_, index) => index + 1))
  version?: number;
}

export class SpecimenVersion {
  @ApiProperty({ example: 1 })
  version: number;
  @ApiProperty({ description: 'SHA-256 của tệp gốc' })
  sha256: string;
  @ApiProperty({ example: 'image/png' })
  mediaType: string;
  @ApiProperty({ example: 600 })
  width: number;
  @ApiProperty({ example: 300 })
  height: number;
  @ApiProperty({ example: 20480 })
  bytes: number;
  @ApiProperty({ type: [String], description: 'Khuyến nghị chưa đạt', example: ['IMAGE_WARN'] })
  warnings: string[];
  @ApiProperty({ enum: Object.keys(versionStateLabels) })
  state: keyof typeof versionStateLabels;
  @ApiProperty({ example: 'Đang sử dụng' })
  stateLabel: string;
  @ApiProperty({ example: '2024-05-10T01:10:00.000Z' })
  at: string;
}

export class SealRow {
  @ApiProperty({ example: '0b54f6de-4b1c-4bd2-9d8e-000000000000' })
  id: string;
  @ApiProperty({ example: 'BK-001' })
  agency: string;
  @ApiProperty({ example: 'Con dấu cơ quan' })
  name: string;
  @ApiProperty({ description: 'Mặc định' })
  isDefault: boolean;
  @ApiProperty({ enum: states })
  state: (typeof states)[number];
  @ApiProperty({ example: 'Đang sử dụng' })
  stateLabel: string;
  @ApiProperty({ description: 'Phiên bản đang sử dụng', example: 1 })
  version: number;
  @ApiProperty({ description: 'SHA-256 của tệp gốc' })
  sha256: string;
  @ApiProperty({ description: 'Các phiên bản ảnh, cũ trước', type: [SpecimenVersion] })
  versions: SpecimenVersion[];
  @ApiProperty({ example: '2024-05-10T01:10:00.000Z' })
  registeredAt: string;
  @ApiProperty({ example: 'Hoàng Văn Thư' })
  registeredBy: string;
  @ApiPropertyOptional({ example: 'Thay con dấu mới' })
  revokeReason?: string;
  @ApiProperty({ example: 0 })
  revision: number;
  @ApiProperty({ description: 'Đường dẫn ảnh', example: '/v1/agencies/BK-001/seals/…/image' })
  imageUrl: string;
}

export class SignatureRow extends SealRow {
  @ApiProperty({ example: 'ky.nguyen' })
  account: string;
  @ApiProperty({ example: 'Nguyễn Văn An' })
  signerFullName: string;
  @ApiProperty({ example: 'Phó Chủ tịch UBND' })
  signerTitle: string;
  @ApiProperty({ enum: authorities, nullable: true, type: String })
  authority: Authority | null;
}

export class SignaturePage extends PageFacts {
  @ApiProperty({ description: 'Các dòng của trang', type: [SignatureRow] })
  items: SignatureRow[];
}
export class SealPage extends PageFacts {
  @ApiProperty({ description: 'Các dòng của trang', type: [SealRow] })
  items: SealRow[];
}

export class ImageAdvice {
  @ApiProperty({ example: 'IMAGE_WARN' })
  code: string;
  @ApiProperty({ example: 'Ảnh chưa đúng khuyến nghị PNG nền trong suốt.' })
  detail: string;
}

/** A signature or seal right after a command. */
export class SpecimenAnswer extends CommandAnswer {
  @ApiProperty({ description: 'Mã chữ ký hoặc con dấu' })
  id: string;
  @ApiProperty({ example: 'Chữ ký lãnh đạo' })
  name: string;
  @ApiProperty({ description: 'Là mặc định' })
  isDefault: boolean;
  @ApiProperty({ enum: states })
  state: (typeof states)[number];
  @ApiProperty({ example: 1 })
  version: number;
  @ApiProperty({ description: 'SHA-256 của tệp gốc' })
  sha256: string;
  @ApiProperty({ type: [ImageAdvice], description: 'Khuyến nghị về ảnh vừa tải lên' })
  warnings: ImageAdvice[];
}
