import { ApiProperty } from '@nestjs/swagger';
import { registerTypes } from '#domain';
import { verifiedStatuses, type VerifiedStatus } from './statuses.ts';

const types = registerTypes.map(({ code }) => code);

export class IssuingAgency {
  @ApiProperty({ description: 'Mã cơ quan', example: 'BK-001' })
  code: string;
  @ApiProperty({ description: 'Tên cơ quan', example: 'UBND xã Ba Bể' })
  name: string;
}

/** That the event of a number is in the sealed log, without what stands in it. */
export class SealedProof {
  @ApiProperty({ description: 'Thứ tự của sự kiện trong nhật ký, từ 0', example: 41 })
  index: number;
  @ApiProperty({ description: 'Số sự kiện của điểm kiểm tra', example: 104 })
  size: number;
  @ApiProperty({
    description: 'Hàm băm của lá (RFC 6962), base64; nội dung lá có dữ liệu cá nhân nên không nêu',
    example: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
  })
  leafHash: string;
  @ApiProperty({ description: 'Bằng chứng C2SP tlog-proof, với điểm kiểm tra đã ký' })
  proof: string;
}

/** What anybody with a copy may know of its number: nothing of a person, nothing of the document. */
export class VerificationAnswer {
  @ApiProperty({ description: 'Mã xác minh', example: '01AV-9QXT-2B4C-WZ10' })
  code: string;
  @ApiProperty({ enum: verifiedStatuses, example: 'valid' })
  status: VerifiedStatus;
  @ApiProperty({ example: 'Thật: số chứng thực này đã được cấp và còn giá trị' })
  statusLabel: string;
  @ApiProperty({ description: 'Cơ quan đã cấp số' })
  agency: IssuingAgency;
  @ApiProperty({ description: 'Loại sổ', enum: types, example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ example: 'Chứng thực bản sao điện tử từ bản chính' })
  typeTitle: string;
  @ApiProperty({ example: '01/2024-SCTĐT/BS' })
  bookName: string;
  @ApiProperty({ example: '001/ĐT' })
  numberText: string;
  @ApiProperty({ example: 'Số chứng thực: 001/ĐT; quyển số: 01/2024-SCTĐT/BS' })
  citation: string;
  @ApiProperty({ description: 'Ngày chứng thực', format: 'date', example: '2024-05-10' })
  certifiedOn: string;
  @ApiProperty({ description: 'Thông tin trong sổ đã được đính chính', example: false })
  corrected: boolean;
  @ApiProperty({
    description: 'Ngày hủy số hoặc thu hồi',
    type: String,
    format: 'date',
    nullable: true,
    example: null,
  })
  endedOn: string | null;
  @ApiProperty({
    description: 'Null khi nhật ký chưa được niêm phong đến số này',
    type: SealedProof,
    nullable: true,
  })
  proof: SealedProof | null;
}

/** The number of an electronic copy, as it stands. */
export class KnownNumber {
  @ApiProperty({ example: '01/2024-SCTĐT/BS' })
  bookName: string;
  @ApiProperty({ example: '001/ĐT' })
  numberText: string;
  @ApiProperty({ example: 'Số chứng thực: 001/ĐT; quyển số: 01/2024-SCTĐT/BS' })
  citation: string;
  @ApiProperty({ description: 'Ngày chứng thực', format: 'date', example: '2024-05-10' })
  certifiedOn: string;
  @ApiProperty({ enum: verifiedStatuses, example: 'valid' })
  status: VerifiedStatus;
  @ApiProperty({ example: 'Thật: số chứng thực này đã được cấp và còn giá trị' })
  statusLabel: string;
  @ApiProperty({ description: 'Tệp đã được thay bằng tệp đóng dấu lại', example: false })
  replaced: boolean;
}

export const fileKinds = ['register', 'stamped', 'signed'] as const;

/** A file the service has given out, or was given back signed. */
export class KnownFile {
  @ApiProperty({
    description:
      '`register`: sổ chứng thực đã in; `stamped`: bản sao điện tử đã đóng dấu, chưa ký số; `signed`: bản sao điện tử đã ký số',
    enum: fileKinds,
    example: 'register',
  })
  kind: (typeof fileKinds)[number];
  @ApiProperty({ description: 'Cơ quan đã phát hành tệp' })
  agency: IssuingAgency;
  @ApiProperty({ description: 'Loại sổ', enum: types, example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ example: 'Chứng thực bản sao điện tử từ bản chính' })
  typeTitle: string;
  @ApiProperty({ example: 2024 })
  year: number;
  @ApiProperty({ type: String, nullable: true, example: '2024-05' })
  month: string | null;
  @ApiProperty({ description: 'Định dạng', example: 'pdf' })
  format: string;
  @ApiProperty({ description: 'Ngày phát hành', format: 'date', example: '2024-05-31' })
  madeOn: string;
  @ApiProperty({
    description: 'Của bản sao điện tử; null với sổ đã in',
    type: KnownNumber,
    nullable: true,
  })
  number: KnownNumber | null;
}

export class FileAnswer {
  @ApiProperty({ description: 'SHA-256 của tệp đã gửi', example: 'a'.repeat(64) })
  sha256: string;
  @ApiProperty({ description: 'Tệp này do hệ thống phát hành, chưa bị sửa một byte nào' })
  known: boolean;
  @ApiProperty({ description: 'Null khi không biết tệp này', type: KnownFile, nullable: true })
  file: KnownFile | null;
}

export class FileForm {
  @ApiProperty({ type: 'string', format: 'binary', description: 'Tệp cần xác minh' })
  file: File;
}
