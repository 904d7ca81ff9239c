import { isArray, Literal, Name, Ref, type Stream, type Value } from './values.ts';

/** Whatever is no plain letter of a name is written by its number (ISO 32000-1, 7.3.5). */
const writtenName = (text: string): string =>
  `/${text.replace(/[^A-Za-z0-9_.+*-]/g, (one) => `#${one.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;

const DECIMALS = 6;

/** The format knows no exponents. */
export function writtenNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(DECIMALS).replace(/\.?0+$/, '');
}

/** A value as the format writes it; all that is no ASCII stands in strings, as Latin-1. */
export function written(value: Exclude<Value, Stream>): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writtenNumber(value);
  if (value instanceof Name) return writtenName(value.text);
  if (value instanceof Ref) return `${value.number} ${value.generation} R`;
  if (value instanceof Literal) return value.written;
  if (isArray(value)) return `[${value.map((one) => written(plain(one))).join(' ')}]`;
  const fields = [...value].map(([name, one]) => `${writtenName(name)} ${written(plain(one))}`);
  return `<<${fields.join(' ')}>>`;
}

/** A stream is an object of its own, and stands in no other. */
const plain = (value: Value): Exclude<Value, Stream> => value as Exclude<Value, Stream>;
