/** Kinds of file worth telling apart for the person who chose the wrong one, or for what hides in an image. */
export type ForeignType =
  'archive' | 'bmp' | 'executable' | 'gif' | 'heif' | 'html' | 'pdf' | 'svg' | 'tiff';

const beginnings: readonly (readonly [ForeignType, string])[] = [
  ['gif', 'GIF8'],
  ['pdf', '%PDF'],
  ['bmp', 'BM'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['archive', 'PK\x03\x04'],
  ['archive', 'PK\x05\x06'],
  ['archive', 'Rar!'],
  ['archive', '7z\xbc\xaf'],
  ['archive', '\x1f\x8b'],
  ['archive', 'BZh'],
  ['archive', '\xfd7zXZ'],
  ['executable', '\x7fELF'],
  ['executable', 'MZ'],
  ['executable', '\xcf\xfa\xed\xfe'],
  ['executable', '\xca\xfe\xba\xbe'],
  ['executable', '#!'],
];

/** Text is looked at only so far for the tag that tells what it is. */
const TEXT_BYTES = 1024;

/** What the bytes are by how they begin; undefined when that says nothing. */
export function foreignType(bytes: Buffer): ForeignType | undefined {
  const start = bytes.toString('latin1', 0, TEXT_BYTES);
  const known = beginnings.find(([, beginning]) => start.startsWith(beginning));
  if (known) return known[0];
  if (/^....ftyp(?:heic|heix|hevc|mif1|msf1|avif)/s.test(start)) return 'heif';
  const text = bytes.toString('utf8', 0, TEXT_BYTES).replace(/^\ufeff/, '');
  if (!text.trimStart().startsWith('<')) return undefined;
  if (/<svg[\s>]/i.test(text)) return 'svg';
  return /<(?:!doctype html|html|head|body|script)[\s>]/i.test(text) ? 'html' : undefined;
}

/**
 * A file that was joined on behind a picture and works by itself. Cameras append data of their own
 * (a second picture, depth, a short film); that is no reason to refuse a picture, and none of it is
 * ever served.
 */
export function foreignTail(tail: Buffer): ForeignType | undefined {
  const type = foreignType(tail);
  switch (type) {
    case 'archive':
    case 'executable':
    case 'html':
    case 'pdf':
    case 'svg':
      return type;
    default:
      // A ZIP is read from its end, whatever stands before its first member.
      return tail.includes('PK\x05\x06', 0, 'latin1') ? 'archive' : undefined;
  }
}
