import type { PdfFile } from './file.ts';
import { isRegular } from './parser.ts';
import { broken } from './problem.ts';
import { Stream, type Value } from './values.ts';

/** What a page's content leaves open, which would fall on whatever is drawn behind it. */
export interface LeftOpen {
  /** States that were kept and not taken back. */
  readonly states: number;
  readonly text: boolean;
  /** Parts that were marked, and not to their end. */
  readonly marks: number;
}

/** The streams of a page's content, in order. */
export function contentOf(file: PdfFile, contents: Value | undefined): readonly Stream[] {
  const found = file.resolved(contents);
  if (found === null) return [];
  const parts = found instanceof Stream ? [found] : (file.array(found) ?? broken('Contents'));
  return parts.map((part) => {
    const stream = file.resolved(part);
    return stream instanceof Stream ? stream : broken('Contents');
  });
}

/**
 * Reads content for what it leaves open. Content that takes back more than it has kept would leave
 * no way to where a page begins, and is refused.
 */
export function leftOpen(file: PdfFile, streams: readonly Stream[]): LeftOpen {
  const bytes = Buffer.concat(streams.flatMap((one) => [file.bytesOf(one), Buffer.from('\n')]));
  const parser = file.parser(bytes);
  let [states, marks, text] = [0, 0, false];
  while (parser.at < bytes.length) {
    if (parser.value() !== undefined) continue;
    const operator = parser.keyword();
    if (operator === '' && parser.at < bytes.length) parser.at += 1;
    else if (operator === 'q') states += 1;
    else if (operator === 'Q') states -= 1;
    else if (operator === 'BT') text = true;
    else if (operator === 'ET') text = false;
    else if (operator === 'BMC' || operator === 'BDC') marks += 1;
    else if (operator === 'EMC') marks = Math.max(0, marks - 1);
    else if (operator === 'ID') parser.at = endOfPicture(bytes, parser.at);
    if (states < 0) broken('Contents');
  }
  return { states, text, marks };
}

/** Behind a picture that stands in the content itself (ISO 32000-1, 8.9.7). */
function endOfPicture(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf('EI', from); at >= 0; at = bytes.indexOf('EI', at + 1)) {
    if (!isRegular(bytes[at - 1]) && !isRegular(bytes[at + 2])) return at + 2;
  }
  return broken('Contents');
}

/** Ends whatever was left open. */
export const ending = ({ states, text, marks }: LeftOpen): string =>
  [...(text ? ['ET'] : []), ...repeated('EMC', marks), ...repeated('Q', states)].join(' ');

const repeated = (operator: string, times: number): readonly string[] =>
  Array.from({ length: times }, () => operator);
