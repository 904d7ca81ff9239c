import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { registerTypes } from '#domain';
import { formats, type Format } from '#paper';
import { DEFAULT_TYPE } from '../books/books.dto.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { PageFacts, PagingQuery, SortedBy } from '../http/fields/paging.dto.ts';
import { Text, Whole } from '../http/fields/text.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';
import { jobStates, type JobState } from './job.ts';

const typeCodes = registerTypes.map(({ code }) => code);
const MOST_REVISION = 1_000_000_000;

/** A year, a month, or one book by its id. */
const PRINTED = '^((19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?|[A-Z.]{1,20}-(19|20)[0-9]{2}-[0-9a-f]{16})$';

/** What to print. */
export class StartExportDto {
  @Text({
    description:
      'In gì (*): cả năm (2024, gộp các quyển), một tháng (2024-05), hoặc mã một quyển sổ',
    example: '2024-05',
    most: 42,
    pattern: PRINTED,
    otherwise: {
      code: 'NOT_ALLOWED',
      detail: 'Vui lòng cho biết một năm (2024), một tháng (2024-05) hoặc mã của một quyển sổ.',
    },
  })
  of: string;

  @ApiPropertyOptional({
    description: 'Loại sổ của năm hoặc tháng; mã quyển sổ đã nói lên loại sổ',
    enum: typeCodes,
    default: DEFAULT_TYPE,
  })
  @IfGiven()
  @IsIn(typeCodes)
  type?: string;

  @ApiProperty({ description: 'Định dạng tệp (*)', enum: formats, example: 'pdf' })
  @IsIn(formats)
  format: Format;

  @Whole({
    description:
      'Số liệu đến phiên bản này của sổ (số sự kiện cuối); mặc định là mới nhất. Cùng phiên bản cho đúng cùng tệp',
    example: 12,
    optional: true,
    least: 0,
    most: MOST_REVISION,
  })
  revision?: number;
}

class ExportFacts {
  @ApiProperty({ description: 'Mã lần in', example: '9f86d081884c7d659a2feaa0c55ad015' })
  id: string;
  @ApiProperty({ description: 'Cơ quan', example: 'BK-001' })
  agency: string;
  @ApiProperty({ description: 'Loại sổ', example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ description: 'Năm của sổ', example: 2024 })
  year: number;
  @ApiProperty({ description: 'Quyển sổ, khi chỉ in một quyển', type: String, nullable: true })
  bookId: string | null;
  @ApiProperty({ description: 'Tháng, khi chỉ in một tháng', type: String, nullable: true })
  month: string | null;
  @ApiProperty({ description: 'Định dạng tệp', enum: formats })
  format: Format;
  @ApiProperty({ description: 'Số liệu đến phiên bản này của sổ', example: 12 })
  revision: number;
  @ApiProperty({ description: 'Số dòng đã in', example: 40 })
  rows: number;
}

/** A print in the making, or made. */
export class ExportJob extends ExportFacts {
  @ApiProperty({ description: 'Trạng thái', enum: jobStates, example: 'running' })
  state: JobState;
  @ApiProperty({ description: 'Trạng thái', example: 'Đang in' })
  stateLabel: string;
  @ApiProperty({ description: 'Khoảng bao nhiêu dòng', example: 40 })
  total: number;
  @ApiProperty({ description: 'Mã lỗi khi không in được', type: String, nullable: true })
  code: string | null;
  @ApiProperty({ description: 'Bắt đầu lúc', example: '2024-05-10T01:00:00.000Z' })
  startedAt: string;
  @ApiProperty({ description: 'SHA-256 của tệp khi đã xong', type: String, nullable: true })
  sha256: string | null;
  @ApiProperty({ description: 'Dung lượng tệp (byte)', type: Number, nullable: true })
  bytes: number | null;
  @ApiProperty({ description: 'Số trang của PDF', type: Number, nullable: true })
  pages: number | null;
}

export class ExportSince {
  @ApiProperty({ description: 'Các thay đổi sau phiên bản này được liệt kê', example: 7 })
  revision: number;
  @ApiProperty({ description: 'Là lúc nào', example: 'khi khóa sổ ngày 10/05/2024' })
  text: string;
}

/** A file that is out, known for ever. */
export class ExportRow extends ExportFacts {
  @ApiProperty({ description: 'SHA-256 của tệp', example: 'a'.repeat(64) })
  sha256: string;
  @ApiProperty({ description: 'Dung lượng tệp (byte)', example: 94771 })
  bytes: number;
  @ApiProperty({ description: 'Số trang của PDF', type: Number, nullable: true, example: 9 })
  pages: number | null;
  @ApiProperty({
    description: 'Thay đổi sau khi khóa sổ hoặc sau lần in trước được liệt kê trong tệp',
    type: ExportSince,
    nullable: true,
  })
  since: ExportSince | null;
  @ApiProperty({ description: 'In lúc', example: '2024-05-10T01:00:00.000Z' })
  exportedAt: string;
  @ApiProperty({ description: 'Người in', example: 'Trần Thị Bình' })
  exportedBy: string;
}

export const exportSorting = { initial: '-exportedAt', columns: { exportedAt: 'order' } };

export class ExportListQuery extends PagingQuery {
  @SortedBy(exportSorting)
  sort?: string;

  @ApiPropertyOptional({ description: 'Năm của sổ', example: 2024, minimum: 1900, maximum: 2099 })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(1900)
  @Max(2099)
  year?: number;
}

export class ExportPage extends PageFacts {
  @ApiProperty({ description: 'Các lần in của trang', type: [ExportRow] })
  items: ExportRow[];
}
