import { ApiProperty } from '@nestjs/swagger';

/** What the form of a new book begins with. */
export class NextBook {
  @ApiProperty({ example: '02/2024' })
  name: string;
  @ApiProperty({ description: 'Số cuối của sổ trước cộng một', example: 57 })
  firstNumber: number;
  @ApiProperty({ example: '2024-05-10' })
  openedOn: string;
  @ApiProperty({ example: '2024-12-31' })
  closesOn: string;
  @ApiProperty({ description: 'Điều cần biết trước khi mở sổ', type: [String] })
  hints: string[];
}
