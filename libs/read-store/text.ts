import type { CollectionSpec, Doc } from './port.ts';

/** The block of combining diacritical marks, which holds all that Vietnamese letters decompose into. */
const COMBINING_MARKS = /[\u0300-\u036f]+/g;
/** The letter đ, and the Icelandic ð that some keyboards put in its place; neither decomposes. */
const D_WITH_STROKE = /[đð]/gu;
const WHITE_SPACE = /\s+/gu;

/** What nobody sees, and nobody can type into a search box either. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** The rule itself, for any text. */
const foldAny = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(COMBINING_MARKS, '')
    .replace(D_WITH_STROKE, 'd')
    .replace(WHITE_SPACE, ' ')
    .trim();

const SPACE = 0x20;
/** What the table says of a letter that disappears, and of one it knows nothing about. */
const NONE = 0;
const UNKNOWN = 0xff;
/** Latin with everything Vietnamese puts on it, and the combining marks, end below. */
const TABLE_SIZE = 0x1f00;

/** The letters of Vietnamese text, each with the one byte that is left of it. */
const table = new Uint8Array(TABLE_SIZE).map((_, code) => {
  const letter = String.fromCharCode(code);
  const known =
    code < 0x180 || 'ƠơƯư'.includes(letter) || (code >= 0x300 && code < 0x370) || code >= 0x1e00;
  if (!known) return UNKNOWN;
  if (/\s/u.test(letter)) return SPACE;
  const left = foldAny(letter);
  if (left === '') return NONE;
  const byte = left.charCodeAt(0);
  return left.length === 1 && byte > 0 && byte < 0x80 ? byte : UNKNOWN;
});

/** Grows with the longest text; one for all, since folding never waits in between. */
let room = Buffer.alloc(4096);

/**
 * What remains of a text when case, Vietnamese diacritics and runs of white space do not count.
 * Letter by letter from a table, since a rebuild folds every document there is; a text with any
 * other letter goes by the rule.
 */
export function foldVietnamese(text: string): string {
  if (text.length > room.length) room = Buffer.alloc(text.length * 2);
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const left = code < TABLE_SIZE ? table[code] : UNKNOWN;
    if (left === UNKNOWN) return foldAny(text);
    // White space is kept once, and not at the beginning.
    const dropped = left === NONE || (left === SPACE && (end === 0 || room[end - 1] === SPACE));
    if (!dropped) room[end++] = left ?? NONE;
  }
  if (end > 0 && room[end - 1] === SPACE) end -= 1;
  return room.toString('latin1', 0, end);
}

/** Stands between fields while they are folded together, which is cheaper than one by one. */
const BETWEEN_FIELDS = '\u0001';
/** Whatever is neither letter nor digit, of a folded text. Beyond ASCII all count as letters, whatever the release of Unicode. */
// eslint-disable-next-line no-control-regex -- control characters stand between words like any sign
const BETWEEN_WORDS = /[\u0000-/:-`{-\u007f]+/g;

/** The folded words of a text, each behind one blank. */
const wordsOf = (text: string): string =>
  ` ${foldVietnamese(text)}`.replace(BETWEEN_WORDS, ' ').trimEnd();

/**
 * The folded words of a document's searchable fields, each behind one blank: a word begins so where
 * ` ` and its beginning occur.
 */
export function searchText(spec: Pick<CollectionSpec, 'searchable'>, doc: Doc): string {
  const texts = spec.searchable.map((field) => doc[field]);
  const present = texts.filter((text): text is string => typeof text === 'string' && text !== '');
  return present.length === 0 ? '' : wordsOf(present.join(BETWEEN_FIELDS));
}

/** The folded words of what a person typed into a search box; none for a blank one or signs alone. */
export const searchWords = (search: string | undefined): readonly string[] =>
  [...new Set(wordsOf(search ?? '').split(' '))].filter((word) => word !== '');
