import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import {
  dossierStatusLabels,
  fieldLabels,
  HOUR,
  longest,
  ranges,
  type DossierStatus,
} from '#domain';
import { CommandAnswer } from '../books/books.dto.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { PageFacts, SearchQuery, SortedBy } from '../http/fields/paging.dto.ts';
import { Text, Whole } from '../http/fields/text.ts';

const statuses = Object.keys(dossierStatusLabels) as DossierStatus[];
/** What the list can be narrowed to: how dossiers stand, or all that are not done yet. */
export type DossierFilter = DossierStatus | 'open';
const filters: DossierFilter[] = ['open', ...statuses];

/** Of an instant with its hour. */
const AN_INSTANT = { most: 40, pattern: HOUR } as const;

export class ReceiveDossierDto {
  @Text({
    description: `${fieldLabels.dossier} (*), như ghi khi cấp số`,
    example: 'H03.26-0001',
    most: longest.dossier,
  })
  dossier: string;

  @Whole({
    description: `${fieldLabels.documents} (*): mỗi bản chính được cấp một số`,
    example: 2,
    ...ranges.documents,
  })
  documents: number;

  @Text({
    description: fieldLabels.requester,
    example: 'Lê Thị Cúc',
    most: longest.requester,
    blank: true,
    optional: true,
  })
  requester?: string;

  @Text({
    description: `${fieldLabels.receivedAt}: giờ, ngày; mặc định là lúc này. Sau 15:00 thì hạn là ngày làm việc tiếp theo`,
    example: '2026-05-07T09:30:00+07:00',
    ...AN_INSTANT,
    optional: true,
  })
  receivedAt?: string;
}

export class ExtendDossierDto {
  @Text({
    description: `${fieldLabels.dueAt} (*): giờ, ngày hẹn, sau hạn theo quy định`,
    example: '2026-05-11T10:00:00+07:00',
    ...AN_INSTANT,
  })
  dueAt: string;

  @Text({
    description: `${fieldLabels.appointmentReason} (*)`,
    example: 'Giấy tờ có nhiều trang',
    most: longest.reason,
  })
  reason: string;

  @ApiPropertyOptional({
    description: `${fieldLabels.agreedInWriting}; phải có khi hẹn quá 2 ngày làm việc`,
    default: false,
  })
  @IfGiven()
  @IsBoolean()
  agreedInWriting?: boolean;
}

export class ReturnDossierDto {
  @Text({
    description: `${fieldLabels.returnReason} (*)`,
    example: 'Bản chính đã bị tẩy xóa',
    most: longest.reason,
  })
  reason: string;
}

export const dossierSorting = {
  initial: 'dueAt',
  columns: { dueAt: 'dueAt', receivedAt: 'receivedAt', dossier: 'dossier' },
};

export class DossierListQuery extends SearchQuery {
  @SortedBy(dossierSorting)
  sort?: string;

  @ApiPropertyOptional({
    description: 'Trạng thái lúc này; open: mọi hồ sơ chưa xong',
    enum: filters,
  })
  @IfGiven()
  @IsIn(filters)
  status?: DossierFilter;
}

/** A dossier as its own events tell of it. */
export class DossierFacts {
  @ApiProperty({ example: 'BK-001' })
  agency: string;
  @ApiProperty({ description: fieldLabels.dossier, example: 'H03.26-0001' })
  dossier: string;
  @ApiProperty({ description: fieldLabels.documents, example: 2 })
  documents: number;
  @ApiProperty({
    description: fieldLabels.requester,
    type: String,
    nullable: true,
    example: 'Lê Thị Cúc',
  })
  requester: string | null;
  @ApiProperty({ description: fieldLabels.receivedAt, example: '2026-05-07T02:30:00.000Z' })
  receivedAt: string;
  @ApiProperty({ description: fieldLabels.firstDueAt, example: '2026-05-07T10:00:00.000Z' })
  firstDueAt: string;
  @ApiProperty({
    description: `${fieldLabels.calendarKnown}; false thì hạn mới tính theo ngày cuối tuần và ngày lễ cố định`,
    example: true,
  })
  calendarKnown: boolean;
  @ApiProperty({
    description: `${fieldLabels.dueAt}, như đã hẹn sau cùng`,
    example: '2026-05-11T03:00:00.000Z',
  })
  dueAt: string;
  @ApiProperty({
    description: fieldLabels.appointmentReason,
    type: String,
    nullable: true,
    example: 'Giấy tờ có nhiều trang',
  })
  appointmentReason: string | null;
  @ApiProperty({
    description: `${fieldLabels.agreedInWriting}; null khi không hẹn`,
    type: Boolean,
    nullable: true,
    example: false,
  })
  agreedInWriting: boolean | null;
  @ApiProperty({
    description: fieldLabels.returnReason,
    type: String,
    nullable: true,
    example: null,
  })
  returnReason: string | null;
}

export class DossierRow extends DossierFacts {
  @ApiProperty({ enum: statuses, example: 'due-today' })
  status: DossierStatus;
  @ApiProperty({ description: 'Trạng thái', example: 'Đến hạn hôm nay' })
  statusLabel: string;
  @ApiProperty({ description: 'Số giấy tờ đã được cấp số', example: 1 })
  numbered: number;
  @ApiProperty({
    description: 'Lúc xong (cấp số cuối) hoặc trả lại',
    type: String,
    nullable: true,
    example: null,
  })
  settledAt: string | null;
  @ApiProperty({ description: 'Lúc hẹn trả', type: String, nullable: true, example: null })
  extendedAt: string | null;
  @ApiProperty({ description: 'Lúc ghi nhận tiếp nhận', example: '2026-05-07T02:31:00.000Z' })
  recordedAt: string;
  @ApiProperty({ description: 'Người tiếp nhận', example: 'Trần Thị Bình' })
  receivedBy: string;
  @ApiProperty({ description: 'Phiên bản của luồng sự kiện tại thay đổi gần nhất', example: 0 })
  revision: number;
}

export class DossierPage extends PageFacts {
  @ApiProperty({ description: 'Các hồ sơ của trang', type: [DossierRow] })
  items: DossierRow[];
}

export class DossierAnswer extends CommandAnswer {
  @ApiProperty({ type: DossierFacts })
  dossier: DossierFacts;
}
