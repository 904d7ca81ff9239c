import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BrokenLogFile } from './lines.ts';

/** Longest line, in bytes: no store takes an event of more than 1 MiB, escaped sixfold at the worst. */
const MOST_BYTES = 8 * 2 ** 20;
/** A file that grows more than this when it is read was not written by an export: JSON shrinks some tenfold. */
const MOST_RATIO = 500;
/** What any file may grow to before its ratio is looked at, in bytes. */
const UNJUDGED_BYTES = 64 * 2 ** 20;

const LINE_FEED = 0x0a;

/**
 * The lines of a gzip file, as exact text; bounded in memory, whatever the file would grow to.
 * @throws BrokenLogFile naming the line
 */
export async function* textLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const source = pipeline(file, createGunzip(), () => undefined);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [pieces, length, read, line]: [Buffer[], number, number, number] = [[], 0, 0, 1];
  const text = (): string => {
    try {
      return decoder.decode(Buffer.concat(pieces));
    } catch (error) {
      throw new BrokenLogFile(`${path}: line ${line}: not UTF-8`, { cause: error });
    }
  };
  for await (const chunk of source as AsyncIterable<Buffer>) {
    read += chunk.length;
    if (read > UNJUDGED_BYTES && read > file.bytesRead * MOST_RATIO)
      throw new BrokenLogFile(`${path}: line ${line}: unpacks to more than any exported log`);
    for (let at = 0; at < chunk.length;) {
      const end = chunk.indexOf(LINE_FEED, at);
      const piece = chunk.subarray(at, end < 0 ? chunk.length : end);
      length += piece.length;
      if (length > MOST_BYTES)
        throw new BrokenLogFile(`${path}: line ${line}: longer than ${MOST_BYTES} bytes`);
      pieces.push(piece);
      at += piece.length + 1;
      if (end < 0) continue;
      yield text();
      [pieces, length, line] = [[], 0, line + 1];
    }
  }
  if (length > 0) yield text();
}
