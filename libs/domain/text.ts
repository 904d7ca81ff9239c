/**
 * What nobody sees: format characters (zero-width blanks and joiners, soft hyphens, marks of reading
 * direction) and everything else Unicode says a reader may ignore (Default_Ignorable_Code_Point).
 */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** White space, control characters, and the one letter that is drawn as nothing (U+2800). */
// eslint-disable-next-line no-control-regex -- control characters are exactly what must go
const BLANKS = /[\u0000-\u001f\u007f-\u009f\u2800\s]+/gu;
/** Halves of characters, and the sign that stands where a character could not be read. */
const BROKEN = /\p{Surrogate}|\ufffd/u;

/**
 * Text as the register keeps it: NFC, nothing unseen, inner runs of blanks one, outer ones gone. One
 * rule for identifiers, names and free text, before anything is checked, compared or searched.
 */
export const tidy = (text: string): string =>
  text.replace(UNSEEN, '').normalize('NFC').replace(BLANKS, ' ').trim();

/** Whether a text holds characters that were lost on the way: it can be kept only as something else. */
export const isBroken = (text: string): boolean => BROKEN.test(text);

/** The first characters of a text, of the length it may have, none of them halved. */
export const beginning = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/** What tells names of things people make apart: neither case nor what nobody sees. */
export const sameName = (one: string, other: string): boolean =>
  tidy(one).toLowerCase() === tidy(other).toLowerCase();

/**
 * Whether a text can be a segment of an address: one dot or two, encoded or not, lead to another
 * place before anybody is asked (RFC 3986 section 5.2.4).
 */
export const canBeSegment = (text: string): boolean => text !== '.' && text !== '..';
