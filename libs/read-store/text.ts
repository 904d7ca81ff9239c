import type { CollectionSpec, Doc } from './port.ts';

/** The block of combining diacritical marks, which holds all that Vietnamese letters decompose into. */
const COMBINING_MARKS = /[\u0300-\u036f]+/g;
/** The letter đ, and the Icelandic ð that some keyboards put in its place; neither decomposes. */
const D_WITH_STROKE = /[đð]/gu;
const WHITE_SPACE = /\s+/gu;

/** Runs of letters outside ASCII, which alone have anything to lose; few different ones ever occur. */
const FOREIGN_RUN = /[^\0-\x7f]+/g;
const folded = new Map<string, string>();
const MOST_REMEMBERED = 10_000;

function foldRun(run: string): string {
  const known = folded.get(run);
  if (known !== undefined) return known;
  const plain = run.normalize('NFD').replace(COMBINING_MARKS, '').replace(D_WITH_STROKE, 'd');
  if (folded.size < MOST_REMEMBERED) folded.set(run, plain);
  return plain;
}

/** What remains of a text when case, Vietnamese diacritics and runs of white space do not count. */
export const foldVietnamese = (text: string): string =>
  text.toLowerCase().replace(FOREIGN_RUN, foldRun).replace(WHITE_SPACE, ' ').trim();

/** Stands between fields while they are folded together, which is cheaper than one by one. */
const BETWEEN_FIELDS = '\u0001';

/** The folded text of a document's searchable fields. No word reaches across the line breaks between them. */
export function searchText(spec: Pick<CollectionSpec, 'searchable'>, doc: Doc): string {
  const texts = spec.searchable.map((field) => doc[field]);
  const present = texts.filter((text): text is string => typeof text === 'string' && text !== '');
  if (present.length === 0) return '';
  return foldVietnamese(present.join(BETWEEN_FIELDS)).replaceAll(BETWEEN_FIELDS, '\n');
}

/** The folded words of what a person typed into a search box; none for a blank one. */
export function searchWords(search: string | undefined): readonly string[] {
  return [...new Set(foldVietnamese(search ?? '').split(' '))].filter((word) => word !== '');
}
