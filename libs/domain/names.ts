/**
 * Names made of parts: streams, document ids, cache keys. Joined by `/`, which no part can hold once
 * it is escaped, so different parts never make the same name, whatever stands in them.
 */
export const nameOf = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => escaped(String(part))).join('/');

/** The parts a name was made of. */
export const partsOf = (name: string): readonly string[] => name.split('/').map(unescaped);

const escaped = (part: string): string =>
  part.replace(/[%/]/g, (character) => (character === '%' ? '%25' : '%2F'));

const unescaped = (part: string): string =>
  part.replace(/%2[5F]/g, (code) => (code === '%25' ? '%' : '/'));
