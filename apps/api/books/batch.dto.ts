import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { ProblemDetails } from '../http/document/openapi.ts';
import { AssignEntryDto } from './entries.dto.ts';
import { EntryOutcome } from './entry-answers.dto.ts';

export const MOST_DOCUMENTS = 50;

export class BatchDto {
  static readonly labels = { documents: `Danh sách giấy tờ (1 đến ${MOST_DOCUMENTS})` };

  @ApiProperty({
    description: `Các giấy tờ, theo thứ tự cấp số (*); nhiều nhất ${MOST_DOCUMENTS}`,
    type: [AssignEntryDto],
    minItems: 1,
    maxItems: MOST_DOCUMENTS,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_DOCUMENTS)
  // A list in the list would be looked into instead of refused.
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AssignEntryDto)
  documents: AssignEntryDto[];
}

/** What became of one document: its number, or why it has none. */
export class BatchItem {
  @ApiProperty({ description: '201: số mới; 200: số đã có; 4xx: bị từ chối', example: 201 })
  status: number;
  @ApiProperty({ type: EntryOutcome, nullable: true })
  entry: EntryOutcome | null;
  @ApiProperty({ type: ProblemDetails, nullable: true })
  problem: ProblemDetails | null;
}

export class BatchAnswer {
  @ApiProperty({ description: 'Từng giấy tờ, theo thứ tự đã gửi', type: [BatchItem] })
  items: BatchItem[];
}
