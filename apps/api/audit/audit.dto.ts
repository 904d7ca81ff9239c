import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { registerTypes } from '#domain';
import { Counted } from '../http/fields/counted.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';

const hash = { example: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=' };
/** More events than any log has. */
const MOST = 1_000_000_000_000;
const types = registerTypes.map(({ code }) => code);
export const ofYear = { description: 'Năm của sổ', minimum: 1900, maximum: 2099, example: 2024 };

/** When an authority saw a checkpoint. */
export class TimestampRow {
  @ApiProperty({ description: 'Cơ quan cấp dấu thời gian', example: 'C=VN, O=Ví dụ, CN=TSA' })
  tsa: string;
  @ApiProperty({ description: 'Thời điểm theo cơ quan đó', example: '2024-05-10T01:00:00.000Z' })
  at: string;
  @ApiProperty({ description: 'TimeStampToken (RFC 3161), DER, base64' })
  token: string;
}

/** A tree as it was signed. */
export class CheckpointAnswer {
  @ApiProperty({ description: 'Tên của nhật ký', example: 'example.vn/so' })
  origin: string;
  @ApiProperty({ description: 'Số sự kiện được niêm phong', minimum: 1, example: 1042 })
  size: number;
  @ApiProperty({ description: 'Gốc của cây Merkle (RFC 6962), base64', ...hash })
  root: string;
  @ApiProperty({ description: 'Thời điểm ký', example: '2024-05-10T01:00:00.000Z' })
  at: string;
  @ApiProperty({ description: 'Điểm kiểm tra đã ký (C2SP tlog-checkpoint)' })
  checkpoint: string;
  @ApiProperty({ description: 'Tuyên bố đã ký về mức đến của từng luồng' })
  heads: string;
  @ApiProperty({
    description: 'Dấu thời gian trên điểm kiểm tra, của các cơ quan trong AUDIT_TSA',
    type: [TimestampRow],
  })
  timestamps: TimestampRow[];
}

export class CheckpointList {
  @ApiProperty({ description: 'Mới nhất trước', type: [CheckpointAnswer] })
  items: CheckpointAnswer[];
}

export class CheckpointsQuery {
  @Counted({ description: 'Số dòng', default: 10, most: 100 })
  limit: number = 10;

  @ApiPropertyOptional({
    description: 'Chỉ những điểm có ít sự kiện hơn',
    minimum: 1,
    maximum: MOST,
  })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(MOST)
  below?: number;
}

export class AuditKey {
  @ApiProperty({
    description: 'Khóa công khai (C2SP signed-note): tên+mã+base64',
    example: 'example.vn/so+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  })
  key: string;
  @ApiProperty({ example: '2024-05-10T01:00:00.000Z' })
  createdAt: string;
  @ApiProperty({ description: 'Từ khi nào không còn ký', type: String, nullable: true })
  retiredAt: string | null;
}

export class AuditKeys {
  @ApiProperty({ description: 'Các khóa đã và đang ký, cũ nhất trước', type: [AuditKey] })
  items: AuditKey[];
}

export class ConsistencyQuery {
  @ApiProperty({
    description: 'Số sự kiện của điểm kiểm tra cũ',
    example: 1,
    minimum: 1,
    maximum: MOST,
  })
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(MOST)
  older: number;

  @ApiPropertyOptional({
    description: 'Của điểm mới; mặc định là điểm mới nhất',
    minimum: 1,
    maximum: MOST,
  })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(MOST)
  newer?: number;
}

/** That a newer checkpoint continues an older one. */
export class ConsistencyAnswer {
  @ApiProperty({ description: 'Số sự kiện của điểm cũ', minimum: 1 })
  older: number;
  @ApiProperty({ description: 'Số sự kiện của điểm mới', minimum: 1 })
  newer: number;
  @ApiProperty({ description: 'RFC 6962 mục 2.1.2, base64', type: [String] })
  path: string[];
  @ApiProperty({ description: 'Như một nhân chứng nhận (C2SP tlog-witness)' })
  proof: string;
}

export class YearQuery {
  @ApiPropertyOptional(ofYear)
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(1900)
  @Max(2099)
  year?: number;
}

export class AgencyBundleQuery extends YearQuery {
  @ApiPropertyOptional({
    description: 'Loại sổ; cùng `year` là một sổ, không có cả hai là mọi thứ của cơ quan',
    enum: types,
    example: 'SCTDT.BS',
  })
  @IfGiven()
  @IsIn(types)
  type?: string;
}
