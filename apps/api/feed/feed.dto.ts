import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { schemaVersions, type DomainEventType } from '#domain';
import { dataSchema, type OutgoingEvent, outgoingType, POSITION_TOKEN } from '#outgoing';
import { Counted } from '../http/fields/counted.ts';
import { Text } from '../http/fields/text.ts';

const eventTypes = Object.keys(schemaVersions) as DomainEventType[];
const anyType = `(${eventTypes.join('|')})`;
const TYPES = `^${anyType}(,${anyType}){0,${eventTypes.length - 1}}$`;

const unknownType = {
  code: 'NOT_ALLOWED' as const,
  detail: `Không có loại sự kiện này. Các loại, cách nhau bằng dấu phẩy: ${eventTypes.join(', ')}.`,
};
/** Which events, and from where on. */
export class FeedStreamQuery {
  @Text({
    description:
      'Chỉ các sự kiện sau vị trí này: `next` của trang trước, hoặc `position` của một sự kiện; bỏ trống để đọc từ đầu',
    most: 57,
    pattern: POSITION_TOKEN,
    exact: true,
    optional: true,
  })
  after?: string;

  @Text({
    description: 'Chỉ các loại sự kiện này, cách nhau bằng dấu phẩy',
    example: 'EntryNumberAssigned,BookClosed',
    most: 1000,
    pattern: TYPES,
    otherwise: unknownType,
    exact: true,
    optional: true,
  })
  type?: string;
}

export class FeedQuery extends FeedStreamQuery {
  @Counted({ description: 'Số sự kiện mỗi trang', default: 100, most: 500 })
  limit: number = 100;
}

/** CloudEvents 1.0. */
export class OutgoingEventRow implements OutgoingEvent {
  @ApiProperty({ enum: ['1.0'] })
  specversion: '1.0';
  @ApiProperty({
    description: 'Mã của sự kiện trong nhật ký, không đổi dù gửi lại',
    format: 'uuid',
  })
  id: string;
  @ApiProperty({ description: 'Cơ quan có sự kiện', example: '/v1/agencies/BK-001' })
  source: string;
  @ApiProperty({ enum: eventTypes.map(outgoingType), example: outgoingType('EntryNumberAssigned') })
  type: string;
  @ApiProperty({ description: 'Luồng sự kiện', example: 'register-BK-001-SCTDT.BS-2024' })
  subject: string;
  @ApiProperty({ format: 'date-time', example: '2024-05-10T01:00:00.000Z' })
  time: string;
  @ApiProperty({ enum: ['application/json'] })
  datacontenttype: 'application/json';
  @ApiProperty({ description: 'Mô tả của `data` (AsyncAPI)', example: dataSchema('BookOpened') })
  dataschema: string;
  @ApiProperty({ description: 'Mã cơ quan', example: 'BK-001' })
  agency: string;
  @ApiProperty({ description: 'Thứ tự trong luồng: 0, 1, 2 … liên tục', minimum: 0, example: 3 })
  revision: number;
  @ApiProperty({
    description: 'Vị trí trong nhật ký, dùng cho `after`',
    pattern: POSITION_TOKEN,
    example: '0000000000000042-1b9d6bcd',
  })
  position: string;
  @ApiProperty({
    description: 'Nội dung, theo `dataschema`',
    type: 'object',
    additionalProperties: true,
  })
  data: OutgoingEvent['data'];
}

export class FeedPage {
  @ApiProperty({ description: 'Theo thứ tự của nhật ký', type: [OutgoingEventRow] })
  items: OutgoingEventRow[];
  @ApiPropertyOptional({
    description: 'Vị trí để đọc tiếp (`after`); chỉ thiếu khi nhật ký chưa có gì',
    type: String,
    pattern: POSITION_TOKEN,
  })
  next?: string;
  @ApiProperty({ description: 'Chưa có sự kiện nào sau đó', example: true })
  isAtEnd: boolean;
}
