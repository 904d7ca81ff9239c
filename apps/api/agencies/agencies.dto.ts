import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import {
  agencyLevelLabels,
  agencyStateLabels,
  fieldLabels,
  longest,
  type AgencyLevel,
} from '#domain';
import { CommandAnswer } from '../books/books.dto.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { IsDay } from '../http/fields/is-day.ts';
import { PageFacts, SearchQuery, SortedBy } from '../http/fields/paging.dto.ts';
import { Text } from '../http/fields/text.ts';
import { refusals } from '../http/problems/refusals.ts';
import { Identifier, StatisticalCode } from './agency-codes.ts';

const levels = Object.keys(agencyLevelLabels) as AgencyLevel[];
const states = Object.keys(agencyStateLabels) as AgencyRow['state'][];
const LEVEL_HINT =
  'province: tỉnh; district: huyện (không nhận thao tác mới sau 30/06/2025); commune: xã';

const AGENCY_CODE = '^[A-Z0-9][A-Z0-9.-]{0,31}$';
const badCode = { code: 'AGENCY_CODE' as const, detail: refusals.AGENCY_CODE.detail({}) };

/** What the fields are called here; a book's are called otherwise. */
const labels = {
  code: fieldLabels.agencyCode,
  name: fieldLabels.agencyName,
  level: fieldLabels.level,
  identifier: fieldLabels.identifier,
  statisticalCode: fieldLabels.statisticalCode,
  fourEyes: fieldLabels.fourEyes,
  successor: fieldLabels.successor,
  retiredOn: fieldLabels.retiredOn,
};

export class RegisterAgencyDto {
  static readonly labels = labels;

  @Text({
    description: `${fieldLabels.agencyCode} (*): chữ in hoa không dấu, chữ số, dấu chấm, gạch nối; không dùng lại cho cơ quan khác`,
    example: 'BK-001',
    most: 32,
    pattern: AGENCY_CODE,
    otherwise: badCode,
  })
  code: string;

  @Text({
    description: `${fieldLabels.agencyName} (*)`,
    example: 'UBND xã Thượng Minh',
    most: longest.agencyName,
  })
  name: string;

  @ApiProperty({
    description: `${fieldLabels.level} (*). ${LEVEL_HINT}`,
    enum: levels,
    example: 'commune',
  })
  @IsIn(levels)
  level: AgencyLevel;

  @Identifier()
  identifier?: string;

  @StatisticalCode()
  statisticalCode?: string;
}

export class EditAgencyDto {
  static readonly labels = labels;

  @Text({
    description: fieldLabels.agencyName,
    example: 'UBND phường Bắc Kạn',
    most: longest.agencyName,
    optional: true,
  })
  name?: string;

  @ApiPropertyOptional({ description: `${fieldLabels.level}. ${LEVEL_HINT}`, enum: levels })
  @IfGiven()
  @IsIn(levels)
  level?: AgencyLevel;

  @ApiPropertyOptional({
    description: `${fieldLabels.fourEyes}: một tài khoản đề nghị, tài khoản khác xác nhận`,
    example: true,
  })
  @IfGiven()
  @IsBoolean()
  fourEyes?: boolean;

  @Identifier()
  identifier?: string;

  @StatisticalCode()
  statisticalCode?: string;

  @Text({
    description: `${fieldLabels.reason} (*): căn cứ của thay đổi`,
    example: 'Nghị quyết số 1683/NQ-UBTVQH15',
    most: longest.reason,
  })
  reason: string;
}

export class RetireAgencyDto {
  static readonly labels = labels;

  @Text({
    description: `${fieldLabels.successor}: mã cơ quan đã đăng ký và đang hoạt động; không gửi khi không có`,
    example: 'BK-002',
    most: 32,
    pattern: AGENCY_CODE,
    optional: true,
  })
  successor?: string;

  @ApiPropertyOptional({
    description: `${fieldLabels.retiredOn}: hôm nay (mặc định) hoặc ngày trước đó`,
    example: '2025-07-01',
    format: 'date',
  })
  @IfGiven()
  @IsDay()
  retiredOn?: string;

  @Text({
    description: `${fieldLabels.reason} (*): căn cứ của việc ngừng hoạt động`,
    example: 'Sáp nhập xã theo Nghị quyết số 1683/NQ-UBTVQH15',
    most: longest.reason,
  })
  reason: string;
}

export const agencySorting = { initial: 'code', columns: { code: 'code', name: 'nameOrder' } };

export class AgencyListQuery extends SearchQuery {
  static readonly labels = { ...labels, state: fieldLabels.state };

  @SortedBy(agencySorting)
  sort?: string;

  @ApiPropertyOptional({ description: fieldLabels.level, enum: levels })
  @IfGiven()
  @IsIn(levels)
  level?: AgencyLevel;

  @ApiPropertyOptional({ description: fieldLabels.state, enum: states })
  @IfGiven()
  @IsIn(states)
  state?: AgencyRow['state'];
}

export class AgencyFacts {
  @ApiProperty({ description: fieldLabels.agencyCode, example: 'BK-001' })
  code: string;
  @ApiProperty({ description: fieldLabels.agencyName, example: 'UBND xã Thượng Minh' })
  name: string;
  @ApiProperty({ enum: levels, example: 'commune' })
  level: AgencyLevel;
  @ApiProperty({ description: fieldLabels.level, example: 'Xã' })
  levelLabel: string;
  @ApiProperty({
    description: fieldLabels.identifier,
    type: String,
    nullable: true,
    example: 'H55.1.2',
  })
  identifier: string | null;
  @ApiProperty({
    description: fieldLabels.statisticalCode,
    type: String,
    nullable: true,
    example: '05755',
  })
  statisticalCode: string | null;
  @ApiProperty({ enum: states, example: 'active' })
  state: 'active' | 'retired';
  @ApiProperty({ description: fieldLabels.state, example: 'Đang hoạt động' })
  stateLabel: string;
  @ApiProperty({ description: fieldLabels.fourEyes, example: false })
  fourEyes: boolean;
  @ApiProperty({
    description: 'Sổ, chữ ký, con dấu của cơ quan có nhận thao tác mới vào ngày đọc hay không',
    example: true,
  })
  takesCommands: boolean;
  @ApiProperty({
    description: fieldLabels.successor,
    type: String,
    nullable: true,
    example: null,
  })
  successor: string | null;
  @ApiProperty({ description: fieldLabels.retiredOn, type: String, nullable: true, example: null })
  retiredOn: string | null;
}

export class AgencyRow extends AgencyFacts {
  @ApiProperty({
    description: 'Các cơ quan đã bàn giao sổ cho cơ quan này',
    type: [String],
    example: ['BK-H01'],
  })
  predecessors: string[];
  @ApiProperty({
    description: 'Lý do ngừng hoạt động',
    type: String,
    nullable: true,
    example: null,
  })
  retireReason: string | null;
  @ApiProperty({ example: '2024-05-10T01:00:00.000Z' })
  registeredAt: string;
  @ApiProperty({ example: 'Phạm Quản Trị' })
  registeredBy: string;
  @ApiProperty({ description: 'Phiên bản của luồng sự kiện tại thay đổi gần nhất', example: 0 })
  revision: number;
}

export class AgencyPage extends PageFacts {
  @ApiProperty({ description: 'Các cơ quan của trang', type: [AgencyRow] })
  items: AgencyRow[];
}

export class AgencyAnswer extends CommandAnswer {
  @ApiProperty({ type: AgencyFacts })
  agency: AgencyFacts;
}
