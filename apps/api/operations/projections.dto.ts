import { ApiProperty } from '@nestjs/swagger';

const states = ['never-run', 'outdated', 'failed', 'behind', 'live'] as const;

/** How a projection stands against the log. */
export class ProjectionRow {
  @ApiProperty({ example: 'register_entries' })
  name: string;
  @ApiProperty({ description: 'Phiên bản của phép chiếu', example: 1 })
  version: number;
  @ApiProperty({ type: String, nullable: true, example: 'register_entries_v1_g1' })
  collection: string | null;
  @ApiProperty({ description: 'Vị trí đã qua trong nhật ký', type: String, nullable: true })
  position: string | null;
  @ApiProperty({ description: 'Số sự kiện chưa qua', example: 0 })
  lag: number;
  @ApiProperty({ description: 'Sự kiện chưa qua lâu nhất đã chờ bao nhiêu giây', example: 0 })
  lagSeconds: number;
  @ApiProperty({ enum: states, example: 'live' })
  state: (typeof states)[number];
  @ApiProperty({ type: String, nullable: true })
  error: string | null;
}

export class ProjectionList {
  @ApiProperty({ type: [ProjectionRow] })
  items: ProjectionRow[];
}
