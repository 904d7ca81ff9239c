import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { IfGiven } from '../http/fields/if-given.ts';
import { SearchQuery, SortedBy } from '../http/fields/paging.dto.ts';
import { states } from './specimens.dto.ts';

export const sealSorting = {
  initial: 'name',
  columns: { name: 'nameOrder', registeredAt: 'registeredAt' },
};
export const signatureSorting = {
  initial: 'name',
  columns: {
    name: 'nameOrder',
    signerFullName: 'signerFullNameOrder',
    registeredAt: 'registeredAt',
  },
};

export class SpecimenListQuery extends SearchQuery {
  @ApiPropertyOptional({ description: 'Trạng thái', enum: states })
  @IfGiven()
  @IsIn(states)
  state?: (typeof states)[number];
}

export class SealListQuery extends SpecimenListQuery {
  @SortedBy(sealSorting)
  sort?: string;
}

export class SignatureListQuery extends SpecimenListQuery {
  @SortedBy(signatureSorting)
  sort?: string;

  @ApiPropertyOptional({
    description: 'Chỉ chữ ký của tài khoản này',
    example: 'ky.nguyen',
    maxLength: 128,
  })
  @IfGiven()
  @IsString()
  @MaxLength(128)
  account?: string;
}
