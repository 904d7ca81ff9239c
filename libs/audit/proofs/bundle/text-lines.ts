import { UnreadableBundle } from './lines.ts';

/** Longest line, in bytes: a picture's, in base64, with room to spare. */
const LONGEST_LINE = 64 * 2 ** 20;
const LINE_FEED = 0x0a;

/**
 * The lines of a text without their line feeds, as many at a time as a piece of it ends.
 * @throws UnreadableBundle what no bundle has: a longer line, an empty one
 */
export async function* linesIn(
  text: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly Buffer[], void> {
  let [begun, length]: [Buffer[], number] = [[], 0];
  for await (const bytes of text) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const lines: Buffer[] = [];
    let at = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, at)) {
      const piece = chunk.subarray(at, end);
      lines.push(whole(begun.length === 0 ? piece : Buffer.concat([...begun, piece])));
      [begun, length, at] = [[], 0, end + 1];
    }
    if (at < chunk.length) begun.push(chunk.subarray(at));
    length += chunk.length - at;
    if (length > LONGEST_LINE)
      throw new UnreadableBundle(`a line of more than ${LONGEST_LINE} bytes`);
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [whole(Buffer.concat(begun))];
}

function whole(line: Buffer): Buffer {
  if (line.length === 0) throw new UnreadableBundle('an empty line');
  return line;
}
