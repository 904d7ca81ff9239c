import { isBroken } from '#domain';

/** What a file's first bytes say of it; without them it is UTF-8. */
const MARKS = [
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

const EXPECTED = 'UTF-8, or UTF-16 with its byte order mark, is expected';
const REMEDY = 'in Excel save it as "CSV UTF-8" or "Unicode Text"';

/**
 * The text of a file as spreadsheets write it. Bytes of another encoding are refused: read as UTF-8
 * they would become other letters, and a name would be another.
 * @throws RangeError naming the line
 */
export function textOf(bytes: Buffer): string {
  const encoding = MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))?.encoding;
  const text = new TextDecoder(encoding ?? 'utf-8').decode(bytes);
  const broken = text
    .split(/\r\n|\n|\r/)
    .findIndex((line) => isBroken(line) || line.includes('\0'));
  if (broken < 0) return text;
  throw new RangeError(
    `line ${broken + 1}: bytes that are no ${encoding ?? 'utf-8'} text; ${EXPECTED}: ${REMEDY}`,
  );
}
