import type { EntryRow } from '#client';
import type { Words } from '../words/vi.ts';

export type Authority = NonNullable<EntryRow['authority']>;
/** In whose stead somebody signs (NĐ 30/2020, Phụ lục I). */
export const authorities: readonly Authority[] = ['TM.', 'KT.', 'TL.', 'TUQ.'];

export const authorityOptions = (words: Words): readonly (readonly [string, string])[] => [
  ['', words.specimens.noAuthority],
  ...authorities.map((one): [string, string] => [one, one]),
];

/** What was chosen, as the service takes it. */
export const authorityOf = (chosen: string): Authority | null =>
  authorities.find((one) => one === chosen) ?? null;
