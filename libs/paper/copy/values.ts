/** The values of the format (ISO 32000-1, 7.3), as far as they have to be told apart. */
export class Name {
  constructor(readonly text: string) {}
}

export class Ref {
  constructor(
    readonly number: number,
    readonly generation: number,
  ) {}
}

/** A string as it is written, delimiters included, and where. */
export class Literal {
  constructor(
    readonly written: string,
    readonly at: number,
  ) {}
}

export class Dict extends Map<string, Value> {}

export class Stream {
  constructor(
    readonly dict: Dict,
    /** Where its bytes begin. */
    readonly start: number,
  ) {}
}

export type Value =
  null | boolean | number | Name | Ref | Literal | readonly Value[] | Dict | Stream;

export const isArray = (value: Value | undefined): value is readonly Value[] =>
  Array.isArray(value);

export const nameIn = (value: Value | undefined): string | undefined =>
  value instanceof Name ? value.text : undefined;

export const numberIn = (value: Value | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
