import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { fieldLabels, proposalStateLabels, type ProposalStateName } from '#domain';
import { CommandAnswer } from '../books/books.dto.ts';
import { AuditChangeDto } from '../history/history.dto.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { PageFacts, PagingQuery } from '../http/fields/paging.dto.ts';
import { OptionalText, Text } from '../http/fields/text.ts';

const states = Object.keys(proposalStateLabels) as ProposalStateName[];

export class WithdrawProposalDto {
  @OptionalText({ description: fieldLabels.reason, example: 'Đề nghị nhầm' })
  reason?: string;
}

/** Position orders the log. */
export const newestFirst = { initial: '-order', columns: { order: 'order' } };

export class ProposalListQuery extends PagingQuery {
  @ApiPropertyOptional({
    description: 'Trạng thái; mặc định là đang chờ xác nhận',
    enum: [...states, 'all'],
    default: 'waiting',
  })
  @IfGiven()
  @IsIn([...states, 'all'])
  state?: ProposalStateName | 'all';

  @Text({
    description: 'Chỉ của quyển sổ này',
    example: 'SCTDT.BS-2024-0123456789abcdef',
    most: 64,
    optional: true,
  })
  bookId?: string;
}

export class ProposalFacts {
  @ApiProperty({ description: 'Mã đề nghị', example: '1-0123456789abcdef' })
  proposalId: string;
  @ApiProperty({ example: 'SCTDT.BS-2024-0123456789abcdef' })
  bookId: string;
  @ApiProperty({
    description: 'Số chứng thực được đề nghị đính chính; null khi đề nghị khóa sổ',
    type: Number,
    nullable: true,
    example: 1,
  })
  number: number | null;
  @ApiProperty({ enum: states, example: 'waiting' })
  state: ProposalStateName;
  @ApiProperty({ description: 'Trạng thái', example: 'Chờ xác nhận' })
  stateLabel: string;
}

export class ProposalRow extends ProposalFacts {
  @ApiProperty({ enum: ['closing', 'correction'], example: 'correction' })
  kind: 'closing' | 'correction';
  @ApiProperty({
    description: fieldLabels.proposed,
    example: 'Họ tên người yêu cầu chứng thực: Lê Thị Cúc → Lê Thị Cúc Hoa',
  })
  proposed: string;
  @ApiProperty({ description: 'Các cột đề nghị đính chính', type: [AuditChangeDto] })
  changes: AuditChangeDto[];
  @ApiProperty({ description: fieldLabels.reason, example: 'Ghi sai họ tên' })
  reason: string;
  @ApiProperty({ description: fieldLabels.proposedBy, example: 'Trần Thị Bình' })
  proposedBy: string;
  @ApiProperty({ description: 'Tài khoản đề nghị; phải là tài khoản khác xác nhận' })
  account: string;
  @ApiProperty({ example: '2024-05-10T01:00:00.000Z' })
  proposedAt: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  endedAt: string | null;
  @ApiProperty({
    description: 'Người xác nhận, rút hoặc từ chối',
    type: String,
    nullable: true,
    example: null,
  })
  endedBy: string | null;
  @ApiProperty({ description: 'Lý do rút hoặc từ chối', example: '' })
  endReason: string;
  @ApiProperty({ example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ example: 2024 })
  year: number;
  @ApiProperty({ example: 'BK-001' })
  agency: string;
}

export class ProposalPage extends PageFacts {
  @ApiProperty({ description: 'Các đề nghị của trang', type: [ProposalRow] })
  items: ProposalRow[];
}

export class ProposalAnswer extends CommandAnswer {
  @ApiProperty({ type: ProposalFacts })
  proposal: ProposalFacts;
}
