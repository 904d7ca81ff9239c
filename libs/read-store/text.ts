import type { CollectionSpec, Doc } from './port.ts';

const COMBINING_MARKS = /\p{M}+/gu;
/** The letter đ, and the Icelandic ð that some keyboards put in its place; neither decomposes. */
const D_WITH_STROKE = /[đð]/gu;
const WHITE_SPACE = /\s+/gu;

/** What remains of a text when case, Vietnamese diacritics and runs of white space do not count. */
export function foldVietnamese(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(COMBINING_MARKS, '')
    .replace(D_WITH_STROKE, 'd')
    .replace(WHITE_SPACE, ' ')
    .trim();
}

/** The folded text of a document's searchable fields. No word reaches across the line breaks between them. */
export function searchText(spec: Pick<CollectionSpec, 'searchable'>, doc: Doc): string {
  let text = '';
  for (const field of spec.searchable) {
    const value = doc[field];
    if (typeof value !== 'string' || value === '') continue;
    text += text === '' ? foldVietnamese(value) : `\n${foldVietnamese(value)}`;
  }
  return text;
}

/** The folded words of what a person typed into a search box; none for a blank one. */
export function searchWords(search: string | undefined): readonly string[] {
  return [...new Set(foldVietnamese(search ?? '').split(' '))].filter((word) => word !== '');
}
