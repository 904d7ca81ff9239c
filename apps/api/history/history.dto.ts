import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { eventLabels, INSTANT, LARGEST_NUMBER, longest } from '#domain';
import { anyValue } from '../http/document/any-value.ts';
import { PagingQuery, PageFacts, SortedBy } from '../http/fields/paging.dto.ts';
import { PeriodQuery } from '../http/fields/period.dto.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { Text } from '../http/fields/text.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';

/** In the order of the log, or the newest first. */
export const inOrder = { initial: 'occurredAt', columns: { occurredAt: 'order' } };
/** By the times that were recorded: for a period. */
export const byTime = { initial: 'occurredAt', columns: { occurredAt: 'occurredAt' } };

const badRequestId = {
  code: 'NOT_ALLOWED' as const,
  detail: 'Mã yêu cầu hoặc mã lệnh gồm chữ không dấu, chữ số và . : _ -. Vui lòng kiểm tra lại.',
};

const eventTypes = Object.keys(eventLabels);

/** As `X-Correlation-Id` may be. */
const REQUEST_ID = '^[\\w.:-]{1,128}$';

const StartAt = () =>
  applyDecorators(
    ApiPropertyOptional({
      description:
        'Bắt đầu từ việc đầu tiên tại hoặc sau thời điểm này, theo thứ tự nhật ký; giảm dần thì từ việc liền trước. Trang sau dùng `after`; không dùng cùng `from`, `to`',
      example: '2024-05-10',
      pattern: INSTANT,
      maxLength: 40,
    }),
    IfGiven(),
    IsString(),
    MaxLength(40),
  );

/** A page of the history of one thing. */
export class HistoryQuery extends PagingQuery {
  @SortedBy(inOrder)
  sort?: string;

  @StartAt()
  startAt?: string;
}

/** A page of the history of an agency. */
export class AgencyHistoryQuery extends PeriodQuery {
  @SortedBy(inOrder)
  sort?: string;

  @StartAt()
  startAt?: string;

  @Text({
    description: 'Chỉ của yêu cầu này (X-Correlation-Id)',
    example: '5b0cbf8b-6f43-4d55-8a35-0d3f3f3c9a10',
    most: 128,
    pattern: REQUEST_ID,
    otherwise: badRequestId,
    exact: true,
    optional: true,
  })
  correlation?: string;

  @Text({
    description: 'Chỉ của lệnh này (causationId)',
    example: '5b0cbf8b-6f43-4d55-8a35-0d3f3f3c9a10',
    most: 128,
    pattern: REQUEST_ID,
    otherwise: badRequestId,
    exact: true,
    optional: true,
  })
  causation?: string;

  @ApiPropertyOptional({ description: 'Chỉ loại việc này', enum: eventTypes })
  @IfGiven()
  @IsIn(eventTypes)
  type?: string;

  @Text({
    description:
      'Chỉ của hồ sơ này: tiếp nhận, hẹn trả, trả lại và mọi việc của các số đã cấp cho hồ sơ',
    example: 'H03.24-240510-0001',
    most: longest.dossier,
    optional: true,
  })
  dossier?: string;

  @ApiPropertyOptional({
    description: 'Chỉ của số chứng thực này, ở mọi quyển sổ và mọi năm',
    example: 1,
    minimum: 1,
    maximum: LARGEST_NUMBER,
  })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(LARGEST_NUMBER)
  number?: number;
}

export class AuditChangeDto {
  @ApiProperty({ example: 'closesOn' })
  field: string;
  @ApiProperty({ example: 'Ngày đóng sổ' })
  label: string;
  @anyValue('Trước', '2024-05-10')
  from: unknown;
  @anyValue('Sau', '2024-12-31')
  to: unknown;
  @ApiProperty({ description: 'Trước, như hiển thị cho người đọc', example: '10/05/2024' })
  fromText: string;
  @ApiProperty({ description: 'Sau, như hiển thị cho người đọc', example: '31/12/2024' })
  toText: string;
}

/** What every event tells: who, when, what, why, and where it stands. */
export class EventFacts {
  @ApiProperty({ example: 'register-BK-001-SCTDT.BS-2024' })
  stream: string;
  @ApiProperty({ description: 'Phiên bản trong luồng', minimum: 0, example: 1 })
  revision: number;
  @ApiProperty({ example: 'BookEdited', enum: eventTypes })
  type: string;
  @ApiProperty({ description: 'Việc đã làm', example: 'Sửa thông tin sổ' })
  label: string;
  @ApiProperty({ description: 'Số chứng thực, nếu có', type: Number, nullable: true })
  entry: number | null;
  @ApiProperty({ description: 'Tài khoản', example: 'binh.tran' })
  account: string;
  @ApiProperty({ description: 'Người thực hiện', example: 'Trần Thị Bình' })
  actor: string;
  @ApiProperty({ example: 'receiving-officer' })
  role: string;
  @ApiProperty({
    description: 'Cơ quan của người thực hiện; khác cơ quan của sổ khi cơ quan kế thừa thực hiện',
    example: 'BK-001',
  })
  actorAgency: string;
  @ApiProperty({ description: 'Tài khoản dịch vụ gọi thay', type: String, nullable: true })
  via: string | null;
  @ApiProperty({ example: '2024-05-10T01:00:00.000Z' })
  occurredAt: string;
  @ApiProperty({ description: 'Lý do', example: '' })
  reason: string;
  @ApiProperty({ description: 'Mã yêu cầu' })
  correlationId: string;
  @ApiProperty({ description: 'Mã của lệnh đã gây ra sự kiện' })
  causationId: string;
}

/** One event, and what it changed. */
export class HistoryRow extends EventFacts {
  @ApiProperty({ description: 'Sổ, chữ ký, con dấu hoặc cơ quan' })
  subject: string;
  @ApiProperty({ description: 'Cơ quan có sổ, chữ ký, con dấu', example: 'BK-001' })
  agency: string;
  @ApiProperty({ description: 'Các cột đã thay đổi', type: [AuditChangeDto] })
  changes: AuditChangeDto[];
  @ApiProperty({ description: 'Khóa của lệnh (Idempotency-Key)', type: String, nullable: true })
  idempotencyKey: string | null;
}

export class HistoryPage extends PageFacts {
  @ApiProperty({ description: 'Các việc của trang', type: [HistoryRow] })
  items: HistoryRow[];
}

/** A command of a request, and what came of it. */
export class CausedByCommand {
  @ApiProperty({ description: 'Mã của lệnh đã gây ra các sự kiện' })
  causationId: string;
  @ApiProperty({ description: 'Tài khoản', example: 'binh.tran' })
  account: string;
  @ApiProperty({ description: 'Người thực hiện', example: 'Trần Thị Bình' })
  actor: string;
  @ApiProperty({ example: '2024-05-10T01:00:00.000Z' })
  occurredAt: string;
  @ApiProperty({ description: 'Các sự kiện, theo thứ tự nhật ký', type: [HistoryRow] })
  events: HistoryRow[];
}

export class CausationTree {
  @ApiProperty({ description: 'Mã yêu cầu' })
  correlationId: string;
  @ApiProperty({ description: 'Các lệnh của yêu cầu', type: [CausedByCommand] })
  commands: CausedByCommand[];
  @ApiPropertyOptional({
    description: 'Chỉ có (true) khi còn nhiều sự kiện hơn: xem tiếp bằng `history?correlation=`',
  })
  isCut?: true;
}

/** The state of a thing at a moment, folded from the log. */
export class AsOfAnswer {
  @ApiProperty({
    description: 'Trạng thái tại thời điểm; null khi chưa tồn tại',
    type: 'object',
    nullable: true,
    additionalProperties: true,
  })
  state: object | null;
  @ApiProperty({ description: 'Phiên bản của sự kiện cuối được tính; -1 khi chưa có', example: 1 })
  revision: number;
  @ApiProperty({ description: 'Thời điểm của sự kiện đó', type: String, nullable: true })
  occurredAt: string | null;
}
