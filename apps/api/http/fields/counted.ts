import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from './if-given.ts';
import { WholeNumber } from './whole-number.ts';

interface AboutCounted {
  readonly description: string;
  /** Where it is left out; not given where that depends on what is read. */
  readonly default?: number;
  readonly most: number;
}

/** A whole number of a query that may be left out, from 1 on: where a page begins, how long it is. */
export const Counted = ({ most, ...about }: AboutCounted) =>
  applyDecorators(
    ApiPropertyOptional({ ...about, minimum: 1, maximum: most }),
    IfGiven(),
    WholeNumber(),
    IsInt(),
    Min(1),
    Max(most),
  );
