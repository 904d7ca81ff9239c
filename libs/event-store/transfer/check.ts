import { z } from 'zod';
import type { NewEvent } from '../port.ts';
import { BrokenLogFile, chained, CHUNK, eventOf, HEADER, type Footer, type Line } from './lines.ts';
import { textLines } from './text-lines.ts';

const object = z.record(z.string(), z.unknown());
const shape = z.strictObject({
  position: z.string().min(1),
  stream: z.string().min(1),
  revision: z.int().min(0),
  id: z.string().min(1),
  type: z.string().min(1),
  data: object,
  metadata: object,
  recordedAt: z.string().min(1),
});

export interface Checking {
  /** Throws what is wrong with an event that must not come into a log. */
  readonly check?: (event: NewEvent) => void;
}

/**
 * Reads the whole file, looks at every event, and holds all against the footer.
 * @throws BrokenLogFile naming the line
 */
export async function checkLogFile(path: string, options: Checking = {}): Promise<Footer> {
  try {
    return await checkLines(textLines(path), options);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === '') throw error;
    throw new BrokenLogFile(`${path}: ${message}`, { cause: error });
  }
}

async function checkLines(
  lines: AsyncIterable<string>,
  { check = () => undefined }: Checking,
): Promise<Footer> {
  let [hash, last, read, chunk] = ['', '', 0, [] as string[]];
  const close = (): void => {
    if (chunk.length > 0) hash = chained(hash, `${chunk.join('\n')}\n`);
    chunk = [];
  };
  // One line behind: the last one is the footer, and belongs to no chunk.
  for await (const line of lines) {
    if (read === 0 && line !== HEADER) throw new BrokenLogFile('this is no exported log');
    if (read > 1) checkEvent(last, read, check);
    if (read > 0) chunk.push(last);
    // The header stands in the first chunk beside its events.
    if (read > 1 && (read - 1) % CHUNK === 0) close();
    last = line;
    read += 1;
  }
  const events = read - 2;
  if (chunk.length > 1 || events > 0) close();
  const footer = footerIn(last);
  if (footer?.events !== events || footer.sha256 !== hash) {
    throw new BrokenLogFile('the file is damaged or cut off: its footer does not match');
  }
  return footer;
}

/** @param number of the line, from 1 @throws BrokenLogFile */
function checkEvent(text: string, number: number, check: (event: NewEvent) => void): void {
  try {
    check(eventOf(lineIn(text)));
  } catch (error) {
    throw new BrokenLogFile(`line ${number}: ${(error as Error).message}`, { cause: error });
  }
}

/** @throws Error it is no event's line */
function lineIn(text: string): Line {
  const parsed = shape.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data as unknown as Line;
  const [issue] = parsed.error.issues;
  throw new Error(`no event: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function footerIn(line: string): Footer | undefined {
  return (jsonIn(line) ?? undefined) as Footer | undefined;
}
