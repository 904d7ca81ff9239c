import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiParam, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { POSITION_TOKEN } from '#outgoing';
import { IF_MATCH } from '../fields/preconditions.ts';
import { anyValue } from './any-value.ts';
import { problemTable, type ProblemCode } from '../problems/codes.ts';
import { problemType, type FieldProblem } from '../problems/problem.ts';

/** Where what stands in the way differs from what was asked for. */
export class DifferenceDto {
  @ApiProperty({ example: 'requester' })
  field: string;
  @ApiProperty({ example: 'Họ tên người yêu cầu chứng thực' })
  label: string;
  @anyValue('Nội dung đã có', 'Lê Thị Cúc')
  there: unknown;
  @anyValue('Nội dung đã gửi', 'Lê Thị Cúc')
  asked: unknown;
}

/** The part of a picture that is drawn on, in pixels from its upper left corner. */
export class CropArea {
  @ApiProperty({ minimum: 0, example: 120 })
  left: number;
  @ApiProperty({ minimum: 0, example: 80 })
  top: number;
  @ApiProperty({ minimum: 1, example: 640 })
  width: number;
  @ApiProperty({ minimum: 1, example: 400 })
  height: number;
}

/** RFC 9457 problem details, as documented. */
export class ProblemDetails {
  @ApiProperty({
    pattern: '^urn:so-chung-thuc:problem:[A-Z_]+$',
    example: problemType('NAME_FORMAT'),
  })
  type: string;
  @ApiProperty({ example: 'Thông tin chưa hợp lệ' })
  title: string;
  @ApiProperty({ minimum: 400, maximum: 599, example: 422 })
  status: number;
  @ApiProperty({ example: 'Tên sổ chứng thực phải có dạng NN/YYYY, ví dụ: 01/2024.' })
  detail: string;
  @ApiProperty({ description: 'Mã yêu cầu (X-Correlation-Id)', example: 'b2c7…' })
  instance: string;
  @ApiProperty({
    enum: Object.keys(problemTable).sort(),
    enumName: 'ProblemCode',
    description: 'Mã lỗi ổn định cho máy',
    example: 'NAME_FORMAT',
  })
  code: ProblemCode;
  @ApiPropertyOptional({ example: 'name' })
  field?: string;
  @ApiPropertyOptional({
    description: 'Với VALIDATION: từng trường chưa hợp lệ',
    type: 'array',
    items: {
      type: 'object',
      properties: {
        field: { type: 'string' },
        code: { $ref: '#/components/schemas/ProblemCode' },
        detail: { type: 'string' },
      },
      required: ['field', 'code', 'detail'],
    },
  })
  errors?: FieldProblem[];
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description:
      'Với 412: trạng thái hiện tại, ứng với ETag trong cùng câu trả lời; với 409: nội dung đã có',
  })
  current?: object;
  @ApiPropertyOptional({ type: CropArea, description: 'Với IMAGE_UNCROPPED: vùng có hình' })
  crop?: CropArea;
  @ApiPropertyOptional({ description: 'Với REVISION_NOT_FOUND: phiên bản cuối cùng', example: 3 })
  last?: number;
  @ApiPropertyOptional({ type: [DifferenceDto], description: 'Khác với nội dung đã gửi ở đâu' })
  differences?: DifferenceDto[];
}

/** Of a route, or of a controller all of whose routes name an agency. */
export const OfAgency = () =>
  ApiParam({ name: 'agency', type: String, description: 'Mã cơ quan', example: 'BK-001' });

/** What `idempotencyKey` takes. */
const IDEMPOTENCY_KEY = '^("[\\x21-\\x7e]{1,255}"|[\\x21\\x23-\\x7e][\\x21-\\x7e]{0,254})$';

/** A list or document that can wait for the caller's own write. */
export const ReadAfter = () =>
  ApiHeader({
    name: 'Read-After',
    required: false,
    description: 'Position của lệnh vừa ghi: truy vấn chờ đến khi dữ liệu đã có thay đổi đó',
    schema: { type: 'string', pattern: POSITION_TOKEN },
  });

/** A command of several parts, which no single revision holds for. */
export const KeyHeader = () =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'Khóa của lệnh, ghi cùng sự kiện: cùng khóa và cùng nội dung thì nhận lại câu trả lời đầu tiên; ' +
      'cùng khóa mà khác nội dung thì 422. Khóa tính theo tài khoản và theo sổ của năm (hoặc theo tập chữ ký, con dấu)',
    schema: { type: 'string', pattern: IDEMPOTENCY_KEY },
  });

export const CommandHeaders = () =>
  applyDecorators(
    KeyHeader(),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'Các ETag đã thấy (RFC 9110), hoặc *; 412 nếu dữ liệu đã thay đổi',
      schema: { type: 'string', pattern: IF_MATCH },
    }),
  );
