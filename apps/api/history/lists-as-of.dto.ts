import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { LARGEST_NUMBER, registerTypes } from '#domain';
import { Counted } from '../http/fields/counted.ts';
import { IfGiven } from '../http/fields/if-given.ts';
import { WholeNumber } from '../http/fields/whole-number.ts';
import { DifferenceQuery, MomentReached } from './difference.dto.ts';
import { AuditChangeDto } from './history.dto.ts';
import { MomentQuery } from './moment.dto.ts';

/** Entries of a page: each is folded, and all of them are in memory at once. */
const MOST_ENTRIES = 100;
const MOST_LINES = 100_000;
/** Each may lie in a stream of its own, which is folded. */
const MOST_SIGNATURES = 50;
const typeCodes = registerTypes.map(({ code }) => code);

/** Numbers of a book, a stretch at a time. */
class StretchQuery {
  @Counted({
    description: 'Bắt đầu từ số này; mặc định là số đầu của quyển sổ; trang sau là `next`',
    most: LARGEST_NUMBER,
  })
  first?: number;

  @Counted({ description: 'Số lượng số xét đến', default: 50, most: MOST_ENTRIES })
  limit: number = 50;
}

/** Things of a list, some at a time. */
class SomeQuery extends MomentQuery {
  @Counted({
    description: 'Bắt đầu từ dòng thứ mấy; trang sau là `next`',
    default: 1,
    most: MOST_LINES,
  })
  first: number = 1;

  @Counted({ description: 'Số dòng', default: 100, most: 1000 })
  limit: number = 100;
}

export class BooksAsOfQuery extends SomeQuery {
  @ApiProperty({ description: 'Năm của sổ', example: 2024, minimum: 1900, maximum: 2999 })
  @WholeNumber()
  @IsInt()
  @Min(1900)
  @Max(2999)
  year: number;

  @ApiPropertyOptional({ description: 'Loại sổ; mặc định là mọi loại', enum: typeCodes })
  @IfGiven()
  @IsIn(typeCodes)
  kind?: string;
}

export class SealsAsOfQuery extends SomeQuery {}
export class MandatesAsOfQuery extends SomeQuery {}

export class SignaturesAsOfQuery extends MomentQuery {
  @Counted({
    description: 'Bắt đầu từ chữ ký thứ mấy, theo thứ tự đăng ký; trang sau là `next`',
    default: 1,
    most: MOST_LINES,
  })
  first: number = 1;

  @Counted({ description: 'Số chữ ký xét đến', default: 20, most: MOST_SIGNATURES })
  limit: number = 20;

  @ApiPropertyOptional({
    description: 'Chỉ của tài khoản này',
    example: 'an.nguyen',
    minLength: 1,
    maxLength: 200,
  })
  @IfGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  account?: string;
}

export class EntriesAsOfQuery extends IntersectionType(MomentQuery, StretchQuery) {}
export class EntriesDifferenceQuery extends IntersectionType(DifferenceQuery, StretchQuery) {}

const aState = { type: 'object', additionalProperties: true } as const;

/** The books of one register at a moment. */
export class RegisterThen {
  @ApiProperty({ description: 'Loại sổ', example: 'SCTDT.BS' })
  type: string;
  @ApiProperty({ description: 'Phiên bản của sự kiện cuối được tính; -1 khi chưa có', example: 1 })
  revision: number;
  @ApiProperty({ description: 'Các quyển sổ, theo thứ tự mở', type: 'array', items: aState })
  books: object[];
}

export class BooksThen {
  @ApiProperty({ example: 2024 })
  year: number;
  @ApiProperty({ description: 'Các sổ của năm, mỗi loại một sổ', type: [RegisterThen] })
  registers: RegisterThen[];
  @ApiPropertyOptional({ description: 'Dòng đầu của trang sau; không có ở trang cuối', example: 2 })
  next?: number;
}

/** Signatures of an agency at a moment. */
export class SignaturesThen {
  @ApiProperty({ description: 'Theo thứ tự đăng ký', type: 'array', items: aState })
  items: object[];
  @ApiPropertyOptional({ description: 'Dòng đầu của trang sau; không có ở trang cuối', example: 2 })
  next?: number;
}

/** An agency's mandates at a moment. */
export class MandatesThen extends MomentReached {
  @ApiProperty({ description: 'Theo thứ tự ghi nhận', type: 'array', items: aState })
  items: object[];
  @ApiPropertyOptional({ description: 'Dòng đầu của trang sau; không có ở trang cuối', example: 2 })
  next?: number;
}

/** An agency's seals at a moment. */
export class SealsThen extends MomentReached {
  @ApiProperty({ description: 'Theo thứ tự đăng ký', type: 'array', items: aState })
  items: object[];
  @ApiPropertyOptional({ description: 'Dòng đầu của trang sau; không có ở trang cuối', example: 2 })
  next?: number;
}

export class EntriesThen extends MomentReached {
  @ApiProperty({ description: 'Các số tại thời điểm, theo thứ tự', type: 'array', items: aState })
  entries: object[];
  @ApiProperty({ description: 'Các số đã cấp nhưng mất dữ liệu', type: [Number] })
  lost: number[];
  @ApiPropertyOptional({ description: 'Số đầu của trang sau; không có ở trang cuối', example: 51 })
  next?: number;
}

export class EntryChanged {
  @ApiProperty({ example: 1 })
  number: number;
  @ApiProperty({ description: 'Các cột khác nhau', type: [AuditChangeDto] })
  changes: AuditChangeDto[];
}

export class EntriesDifference {
  @ApiProperty({ type: MomentReached })
  from: MomentReached;
  @ApiProperty({ type: MomentReached })
  to: MomentReached;
  @ApiProperty({ description: 'Các số khác nhau, theo thứ tự', type: [EntryChanged] })
  entries: EntryChanged[];
  @ApiPropertyOptional({ description: 'Số đầu của trang sau; không có ở trang cuối', example: 51 })
  next?: number;
}
