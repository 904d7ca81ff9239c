import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { displayNumber, tidy } from '#domain';
import { MOST_COUNTED, type Page, type Query, type StoredDoc } from '#read-store';
import { BadInput } from '../problems/bad-input.ts';
import type { FieldProblem } from '../problems/problem.ts';
import { Counted } from './counted.ts';
import { IfGiven } from './if-given.ts';
import { Text } from './text.ts';
import { WholeNumber } from './whole-number.ts';

const MOST_ROWS = 100;
/** What is skipped is walked through all the same: pages further on are asked for by `after`. */
const MOST_SKIPPED = 10_000;

/** What every list can be asked. */
export class PagingQuery {
  @Counted({ description: 'Số dòng mỗi trang', default: 10, most: MOST_ROWS })
  limit: number = 10;

  @ApiPropertyOptional({
    description: 'Bỏ qua số dòng đầu; trang sâu hơn thì dùng con trỏ `after`',
    default: 0,
    minimum: 0,
    maximum: MOST_SKIPPED,
  })
  @IfGiven()
  @WholeNumber()
  @IsInt()
  @Min(0)
  @Max(MOST_SKIPPED)
  offset: number = 0;

  @Text({
    description: 'Con trỏ `next` của trang trước; không dùng cùng offset',
    most: 2000,
    blank: true,
    optional: true,
  })
  after?: string;
}

export class SearchQuery extends PagingQuery {
  @Text({
    description:
      'Tìm kiếm theo phần đầu của từng từ, thứ tự bất kỳ, không phân biệt hoa thường và dấu; 0012 tìm thấy H03.24-0012',
    example: 'nguyen',
    most: 200,
    blank: true,
    optional: true,
  })
  search?: string;
}

/**
 * How a list can be sorted: name in the request → field of the document, and what it opens with.
 * Each has its index (docs/decisions/0016-indexes-of-lists.md).
 */
export interface Sorting {
  readonly columns: Readonly<Record<string, string>>;
  readonly initial: string;
}

/** The field `sort` of this list’s query. */
export const SortedBy = ({ columns, initial }: Sorting): PropertyDecorator =>
  applyDecorators(
    IfGiven(),
    IsString(),
    MaxLength(50),
    ApiPropertyOptional({
      description: 'Cột sắp xếp, theo thứ tự tiếng Việt; dấu trừ phía trước là giảm dần',
      enum: Object.keys(columns).flatMap((column) => [column, `-${column}`]),
      default: initial,
    }),
  );

type Asked = PagingQuery & { readonly search?: string; readonly sort?: string };

/** The store's query for a request. @throws BadInput for a column the list cannot be sorted by */
export function pageQuery(
  asked: Asked,
  filter: NonNullable<Query['filter']>,
  sorting: Sorting,
): Query {
  const { limit, offset, after, search, sort = sorting.initial } = asked;
  if (after !== undefined && offset > 0) throw new BadInput([afterAndOffset]);
  const descending = sort.startsWith('-');
  const column = descending ? sort.slice(1) : sort;
  const field = Object.hasOwn(sorting.columns, column) ? sorting.columns[column] : undefined;
  if (field === undefined) throw new BadInput([unknownColumn(sorting.columns)]);
  return {
    filter,
    limit,
    sort: [{ field, descending }],
    ...(search !== undefined && { search: tidy(search) }),
    ...(after === undefined ? { offset } : { after }),
  };
}

const afterAndOffset: FieldProblem = {
  field: 'offset',
  code: 'NOT_ALLOWED',
  detail: 'Không dùng offset cùng con trỏ after. Vui lòng chỉ gửi một trong hai.',
};

const unknownColumn = (columns: Sorting['columns']): FieldProblem => ({
  field: 'sort',
  code: 'NOT_ALLOWED',
  detail: `Không thể sắp xếp theo cột này. Các cột: ${Object.keys(columns).join(', ')}.`,
});

/** A stream whose rows stand still. */
export class StandingStill {
  @ApiProperty({ example: 'register-BK-001-SCTDT.BS-2024', description: 'Luồng sự kiện' })
  stream: string;

  @ApiProperty({ format: 'date-time', description: 'Từ lúc nào' })
  since: string;
}

/** A page of a read model, and what of it stands still for the asker. */
export interface ListPage extends Page {
  readonly standing?: readonly StandingStill[];
}

/** A page of a list as every list answers it. */
export class PageFacts {
  @ApiProperty({
    example: 57,
    description: `Tổng số dòng thỏa điều kiện; khi tìm kiếm hoặc lọc theo ngày, năm, đếm đến ${MOST_COUNTED}`,
  })
  total: number;

  @ApiPropertyOptional({ description: 'Chỉ có (true) khi còn nhiều dòng hơn `total`' })
  totalIsAtLeast?: true;

  @ApiProperty({ example: 'Hiển thị từ 1 đến 10 của 57 dòng' })
  summary: string;

  @ApiPropertyOptional({ description: 'Con trỏ của trang sau; không có ở trang cuối' })
  next?: string;

  @ApiPropertyOptional({
    type: [StandingStill],
    description:
      'Chỉ có khi có sổ (hoặc chữ ký, con dấu) không theo kịp nhật ký vì một sự kiện không đọc được: các dòng của chúng đứng yên từ lúc ghi ở đây, người vận hành đã được báo',
  })
  standsStill?: readonly StandingStill[];
}

export function pageAnswer<T>(
  page: ListPage,
  asked: PagingQuery,
  row: (doc: StoredDoc) => T,
): PageFacts & { readonly items: T[] } {
  const items = page.items.map(row);
  const from = items.length === 0 ? 0 : asked.offset + 1;
  const to = items.length === 0 ? 0 : asked.offset + items.length;
  const range =
    asked.after === undefined
      ? `từ ${displayNumber(from)} đến ${displayNumber(to)}`
      : `${items.length} dòng`;
  const { total, totalIsAtLeast, next, standing = [] } = page;
  const of = totalIsAtLeast ? `hơn ${displayNumber(total)}` : displayNumber(total);
  const summary = `Hiển thị ${range} của ${of} dòng`;
  return {
    items,
    total,
    summary,
    ...(totalIsAtLeast && { totalIsAtLeast }),
    ...(next !== undefined && { next }),
    ...(standing.length > 0 && { standsStill: standing }),
  };
}
