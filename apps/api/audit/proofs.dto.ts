import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { LARGEST_NUMBER, longest, ranges, registerTypes } from '#domain';
import { Text } from '../http/fields/text.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';
import { ofYear } from './audit.dto.ts';

const types = registerTypes.map(({ code }) => code);
const documents = { minimum: ranges.document.least, maximum: ranges.document.most };

export class EventQuery {
  @ApiProperty({ description: 'Luồng', maxLength: 300, example: 'register-BK-001-SCTDT.BS-2024' })
  @IsString()
  @MaxLength(300)
  stream: string;

  @ApiProperty({ description: 'Phiên bản trong luồng', minimum: 0, example: 1 })
  @WholeNumber()
  @IsInt()
  @Min(0)
  revision: number;
}

/** An event, and that it is under the latest checkpoint. */
export class InclusionAnswer {
  @ApiProperty({ description: 'Thứ tự của sự kiện trong nhật ký, từ 0', minimum: 0 })
  index: number;
  @ApiProperty({ description: 'Số sự kiện của điểm kiểm tra', minimum: 1 })
  size: number;
  @ApiProperty({
    description: 'Sự kiện như đã niêm phong: lá của cây là JSON chuẩn tắc (RFC 8785) của nó',
    type: 'object',
    additionalProperties: true,
  })
  event: object;
  @ApiProperty({ description: 'RFC 6962 mục 2.1.1, base64, từ lá lên', type: [String] })
  path: string[];
  @ApiProperty({ description: 'Bằng chứng để kiểm tra ngoại tuyến (C2SP tlog-proof)' })
  proof: string;
}

/** One of an agency's registers. */
class RegisterQuery {
  @ApiProperty({ description: 'Loại sổ', enum: types, example: 'SCTDT.BS' })
  @IsIn(types)
  type: string;

  @ApiProperty(ofYear)
  @WholeNumber()
  @IsInt()
  @Min(1900)
  @Max(2099)
  year: number;
}

export class NumberQuery extends RegisterQuery {
  @ApiProperty({ description: 'Số', minimum: 1, maximum: LARGEST_NUMBER, example: 42 })
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(LARGEST_NUMBER)
  number: number;
}

export class SealedHeadRow {
  @ApiProperty({ description: 'SHA-256 của tên luồng' })
  id: string;
  @ApiProperty({ description: 'Phiên bản của sự kiện cuối', minimum: 0 })
  revision: number;
  @ApiProperty({ description: 'Số cuối đã cấp', type: Number, nullable: true })
  lastNumber: number | null;
}

/** How far a register had come at the latest checkpoint. */
export class NumberAnswer {
  @ApiProperty({ example: 'register-BK-001-SCTDT.BS-2024' })
  stream: string;
  @ApiProperty({ example: 42 })
  number: number;
  @ApiProperty({ description: 'false: đến điểm kiểm tra này số chưa từng được cấp' })
  given: boolean;
  @ApiProperty({ description: 'Số cuối đã cấp', type: Number, nullable: true })
  lastNumber: number | null;
  @ApiProperty({ description: 'Số sự kiện của điểm kiểm tra', minimum: 1 })
  size: number;
  @ApiProperty({ description: 'Tuyên bố đã ký về mức đến của từng luồng' })
  statement: string;
  @ApiProperty({ description: 'Các luồng cùng nhóm, theo mã', type: [SealedHeadRow] })
  heads: SealedHeadRow[];
  @ApiProperty({ description: 'Từ nhóm lên gốc đã ký, base64', type: [String] })
  path: string[];
  @ApiProperty({
    description: 'Số bắt đầu của sổ; null khi sổ chưa cấp số nào',
    type: Number,
    nullable: true,
  })
  firstNumber: number | null;
  @ApiProperty({
    description: 'Bằng chứng rằng sổ bắt đầu từ số đó: sự kiện đầu tiên của sổ (C2SP tlog-proof)',
    type: String,
    nullable: true,
  })
  opened: string | null;
  @ApiProperty({ description: 'Tất cả trong một tệp, để kiểm tra ngoại tuyến' })
  proof: string;
}

export class DocumentQuery extends RegisterQuery {
  @Text({ description: 'Mã hồ sơ', example: 'H03.24-240510-0001', most: longest.dossier })
  dossier: string;

  @ApiProperty({ description: 'Số thứ tự giấy tờ trong hồ sơ', example: 1, ...documents })
  @WholeNumber()
  @IsInt()
  @Min(documents.minimum)
  @Max(documents.maximum)
  document: number;
}

export class DocumentNeighbourRow {
  @ApiProperty({ description: 'SHA-256 của giấy tờ' })
  id: string;
  @ApiProperty({ description: 'Các số đã cấp cho giấy tờ', type: [Number] })
  numbers: number[];
  @ApiProperty({ description: 'Thứ tự trong cây, từ 0', minimum: 0 })
  index: number;
  @ApiProperty({ description: 'RFC 6962 mục 2.1.1, base64, từ lá lên', type: [String] })
  path: string[];
}

/** Whether a document was ever given a number in a register. */
export class DocumentAnswer {
  @ApiProperty({ example: 'register-BK-001-SCTDT.BS-2024' })
  stream: string;
  @ApiProperty({ example: 'H03.24-240510-0001' })
  dossier: string;
  @ApiProperty({ example: 1 })
  document: number;
  @ApiProperty({ description: 'false: đến điểm kiểm tra này giấy tờ chưa từng được cấp số' })
  given: boolean;
  @ApiProperty({ description: 'Các số đã cấp, cũ nhất trước', type: [Number] })
  numbers: number[];
  @ApiProperty({ description: 'Số sự kiện của điểm kiểm tra', minimum: 1 })
  size: number;
  @ApiProperty({ description: 'Tuyên bố đã ký về các giấy tờ của sổ' })
  statement: string;
  @ApiProperty({
    description: 'Giấy tờ ấy, hoặc hai giấy tờ liền kề chỗ của nó',
    type: [DocumentNeighbourRow],
  })
  neighbours: DocumentNeighbourRow[];
  @ApiProperty({ description: 'Tất cả trong một tệp, để kiểm tra ngoại tuyến' })
  proof: string;
}
