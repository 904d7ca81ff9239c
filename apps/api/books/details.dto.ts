import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { authorities } from '#domain';
import { BookRow } from './books.dto.ts';
import { SealUseDto } from './entry-answers.dto.ts';

const figure = (description: string, example: number) => ApiProperty({ description, example });
const figureOrNone = (description: string, example: number) =>
  ApiProperty({ description, example, type: Number, nullable: true });

/** Figures of a book when it was closed. */
export class ClosingTotals {
  @figureOrNone('Số đầu tiên đã cấp', 1)
  firstAssigned: number | null;
  @figureOrNone('Số cuối cùng đã cấp', 3)
  lastAssigned: number | null;
  @figure('Số lượng số đã cấp', 3)
  entries: number;
  @figure('Đã hủy số', 0)
  voided: number;
  @figure('Đã hủy giá trị pháp lý', 0)
  revoked: number;
  @figure('Số đã cấp nhưng mất dữ liệu', 0)
  lost: number;
  @figure('Tổng số bản sao, không tính số đã hủy', 5)
  copies: number;
  @figure('Tổng lệ phí/phí (đồng), không tính số đã hủy', 50000)
  fees: number;
}

/** A book with its running totals and how it ended. */
export class BookDetails extends BookRow {
  @ApiProperty({ enum: ['open', 'closed', 'discarded'] })
  state: string;
  @ApiProperty({ example: 'Trần Thị Bình' })
  openedBy: string;
  @ApiProperty({ example: '2024-05-10T01:00:00.000Z' })
  openedAt: string;
  @ApiProperty({ description: 'Lý do khi Số ban đầu khác 1', example: '' })
  openReason: string;
  @figureOrNone('Số đầu tiên đã cấp', 1)
  firstAssigned: number | null;
  @figureOrNone('Số cuối cùng đã cấp', 3)
  lastAssigned: number | null;
  @ApiProperty({ type: String, nullable: true, example: '2024-05-10' })
  lastEntryOn: string | null;
  @figure('Số lượng số đã cấp', 3)
  entries: number;
  @figure('Số lần đính chính; một số có thể được đính chính nhiều lần', 0)
  corrections: number;
  @figure('Đã hủy số', 0)
  voided: number;
  @figure('Đã hủy giá trị pháp lý', 0)
  revoked: number;
  @figure('Số đã cấp nhưng mất dữ liệu', 0)
  lost: number;
  @figure('Tổng số bản sao, không tính số đã hủy', 5)
  copies: number;
  @figure('Tổng lệ phí/phí (đồng), không tính số đã hủy', 50000)
  fees: number;
  @ApiProperty({ description: 'Phiên bản của luồng sự kiện tại thay đổi gần nhất', example: 4 })
  revision: number;
  @ApiPropertyOptional({ example: '2024-05-10' })
  closedOn?: string;
  @ApiPropertyOptional({ example: 'Nguyễn Văn An' })
  confirmedByFullName?: string;
  @ApiPropertyOptional({ example: 'Phó Chủ tịch UBND' })
  confirmedByTitle?: string;
  @ApiPropertyOptional({ enum: authorities, nullable: true, type: String })
  confirmedByAuthority?: string | null;
  @ApiPropertyOptional({
    description: 'Con dấu khi khóa sổ, đúng phiên bản lúc đó; null khi không ghi nhận',
    type: SealUseDto,
    nullable: true,
  })
  seal?: SealUseDto | null;
  @ApiPropertyOptional({ type: ClosingTotals })
  closingTotals?: ClosingTotals;
  @ApiPropertyOptional({ example: 'Trần Thị Bình' })
  closedBy?: string;
  @ApiPropertyOptional({
    description: 'Người đề nghị khóa sổ, khi người khóa sổ là người xác nhận',
    example: 'Trần Thị Bình',
  })
  proposedBy?: string;
  @ApiPropertyOptional({ example: '2024-05-10T09:00:00.000Z' })
  closedAt?: string;
  @ApiPropertyOptional({ description: 'Phiên bản của sổ khi khóa', example: 12 })
  closedRevision?: number;
  @ApiPropertyOptional({ example: 'Mở nhầm' })
  discardReason?: string;
}
