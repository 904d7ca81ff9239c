import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Transform, type Readable, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** Settles when what was written has gone on, as far as a stream wants it to. */
export async function whenDrained(stream: Writable): Promise<void> {
  if (stream.writableNeedDrain) await once(stream, 'drain');
}

/** What waits in a stream that is read by another, in bytes; some of it may. */
const MOST_WAITING = 1024 * 1024;
const LOOK_MS = 5;

/** The same of a stream that only pushes. */
export async function whenRead(stream: Pick<Readable, 'readableLength'>): Promise<void> {
  while (stream.readableLength > MOST_WAITING)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

export interface Written {
  readonly sha256: string;
  readonly bytes: number;
}

/** A file whose hash is known when it is whole. */
export function hashedFile(path: string): {
  readonly out: Writable;
  readonly written: Promise<Written>;
} {
  const hash = createHash('sha256');
  let bytes = 0;
  const out = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const file = createWriteStream(path, { mode: 0o600, flush: true });
  out.on('error', (error) => file.destroy(error));
  file.on('error', (error) => out.destroy(error));
  out.pipe(file);
  const written = finished(file).then(() => ({ sha256: hash.digest('hex'), bytes }));
  return { out, written };
}
