import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import {
  bookFaults,
  bookStatusLabels,
  fieldLabels,
  LARGEST_NUMBER,
  longest,
  registerForms,
  registerTypeNamedIn,
  registerTypes,
  type BookStatus,
  type RegisterForm,
} from '#domain';
import { PageFacts, SearchQuery, SortedBy } from '../http/fields/paging.dto.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { bookNameHint, bookNameShape } from './book-name.ts';
import { IsDay } from '../http/fields/is-day.ts';
import { OptionalText, Text, Whole } from '../http/fields/text.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';

/** The register of a book that names none. */
export const DEFAULT_TYPE = 'SCTDT.BS';
const typeCodes = registerTypes.map(({ code }) => code);
const statuses = Object.keys(bookStatusLabels) as BookStatus[];

export class OpenBookDto {
  static readonly faults = ({ type = DEFAULT_TYPE, ...fields }: Partial<OpenBookDto>) =>
    bookFaults(fields, type);

  @ApiPropertyOptional({ description: 'Loại sổ', enum: typeCodes, default: DEFAULT_TYPE })
  @IfGiven()
  @IsIn(typeCodes)
  type?: string;

  @Text({
    description: `${fieldLabels.name} (*). ${bookNameHint}`,
    example: '01/2024',
    ...bookNameShape,
  })
  name: string;

  @Whole({
    description: `${fieldLabels.firstNumber} (*)`,
    example: 1,
    least: 1,
    most: LARGEST_NUMBER,
  })
  firstNumber: number;

  @ApiProperty({
    description: `${fieldLabels.openedOn} (*)`,
    example: '2024-05-10',
    format: 'date',
  })
  @IsString()
  @IsDay()
  openedOn: string;

  @ApiProperty({
    description: `${fieldLabels.closesOn} (*)`,
    example: '2024-05-10',
    format: 'date',
  })
  @IsString()
  @IsDay()
  closesOn: string;

  @OptionalText({ description: 'Lý do khi sổ đầu tiên của năm không bắt đầu từ số 1' })
  reason?: string;
}

export class EditBookDto {
  static readonly faults = (fields: EditBookDto) =>
    // The book's own type is told by its id, which no form holds: a pasted suffix is the best there is here.
    bookFaults(fields, registerTypeNamedIn(fields.name ?? '')?.code ?? DEFAULT_TYPE);

  @Text({
    description: fieldLabels.name,
    example: '02/2024',
    ...bookNameShape,
    optional: true,
  })
  name?: string;

  @Whole({
    description: fieldLabels.firstNumber,
    example: 1,
    least: 1,
    most: LARGEST_NUMBER,
    optional: true,
  })
  firstNumber?: number;

  @ApiPropertyOptional({ description: fieldLabels.openedOn, example: '2024-05-10', format: 'date' })
  @IfGiven()
  @IsString()
  @IsDay()
  openedOn?: string;

  @ApiPropertyOptional({ description: fieldLabels.closesOn, example: '2024-12-31', format: 'date' })
  @IfGiven()
  @IsString()
  @IsDay()
  closesOn?: string;

  @OptionalText({ description: fieldLabels.reason, example: 'Gia hạn đến hết năm' })
  reason?: string;
}

export class ReasonDto {
  @Text({ description: `${fieldLabels.reason} (*)`, example: 'Mở nhầm', most: longest.reason })
  reason: string;
}

export const bookSorting = {
  initial: '-name',
  columns: {
    name: 'nameOrder',
    firstNumber: 'firstNumber',
    openedOn: 'openedOn',
    closesOn: 'closesOn',
  },
};

export class BookListQuery extends SearchQuery {
  @SortedBy(bookSorting)
  sort?: string;

  @ApiPropertyOptional({
    description: 'Trạng thái; không chọn thì sổ đã xóa không hiện',
    enum: statuses,
  })
  @IfGiven()
  @IsIn(statuses)
  status?: BookStatus;

  @ApiPropertyOptional({ description: 'Năm', example: 2024, minimum: 1900, maximum: 2999 })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(1900)
  @Max(2999)
  year?: number;

  @ApiPropertyOptional({ description: 'Loại sổ; không chọn là mọi loại', enum: typeCodes })
  @IfGiven()
  @IsIn(typeCodes)
  type?: string;
}

/** One row of the list, in the guide's columns. */
export class BookRow {
  @ApiProperty({ example: 'SCTDT.BS-2024-0123456789abcdef' })
  bookId: string;
  @ApiProperty({ example: 'BK-001' })
  agency: string;
  @ApiProperty({ example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ example: 2024 })
  year: number;
  @ApiProperty({ description: 'Tên quyển sổ chứng thực', example: '01/2024-SCTĐT/BS' })
  name: string;
  @ApiProperty({ description: 'Số bắt đầu', example: 1 })
  firstNumber: number;
  @ApiProperty({ description: 'Ngày mở sổ', example: '2024-05-10' })
  openedOn: string;
  @ApiProperty({ description: 'Ngày đóng sổ', example: '2024-05-10' })
  closesOn: string;
  @ApiProperty({ description: 'Mẫu sổ theo Nghị định', enum: registerForms })
  form: RegisterForm;
  @ApiProperty({ enum: statuses, example: 'open' })
  status: BookStatus;
  @ApiProperty({ description: 'Trạng thái', example: 'Đang mở' })
  statusLabel: string;
}

/** A register that gives no number until an operator has confirmed the last one. */
export class PausedRegister {
  @ApiProperty({ example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ example: 2024 })
  year: number;
  @ApiProperty({ description: 'Từ lúc', example: '2024-05-10T01:00:00.000Z' })
  since: string;
  @ApiProperty({ description: 'Lý do', example: 'Phục hồi từ bản sao lưu ngày 10/05/2024' })
  reason: string;
}

export class BookPage extends PageFacts {
  @ApiProperty({ description: 'Các sổ của trang', type: [BookRow] })
  items: BookRow[];
  @ApiProperty({ description: 'Sổ các năm đang tạm dừng cấp số', type: [PausedRegister] })
  paused: PausedRegister[];
}

export class CommandAnswer {
  @ApiProperty({ description: 'Phiên bản của luồng sự kiện sau lệnh; cũng là ETag', example: 0 })
  revision: number;
  @ApiProperty({
    description: 'Vị trí trong nhật ký; gửi lại trong tiêu đề Read-After để đọc thấy thay đổi này',
    type: String,
    nullable: true,
    example: '0000000000000001-5b0cbf8b',
  })
  position: string | null;
  @ApiProperty({
    description:
      'Không ghi thêm gì: việc được yêu cầu đã có từ trước, như số đã cấp cho cùng giấy tờ',
    example: false,
  })
  repeated: boolean;
}

export class BookAnswer extends CommandAnswer {
  @ApiProperty({ type: BookRow })
  book: BookRow;
}
