import { EventSourceParserStream } from 'eventsource-parser/stream';
import { useEffect, useState } from 'react';
import { PortalProblem, type ProjectionList, type ProjectionRow } from '#client';
import { portal } from '../api/portal.ts';
import { leave } from '../session/session.ts';

/** Before it is listened again to what was cut off, in milliseconds. */
const AGAIN_MS = 2000;
/** The service is heard every 10 s, with nothing to tell: silent for so long, it is gone, in milliseconds. */
const SILENT_MS = 25_000;

export interface Feed {
  readonly rows: readonly ProjectionRow[] | undefined;
  /** Nothing is heard at the moment; `rows` are the last that were. */
  readonly isCut: boolean;
  /** Why nothing is told, and will not be. */
  readonly refused?: PortalProblem;
}

/** A signal that is aborted when nothing was heard for too long: of a line that is dead nobody tells. */
function silence() {
  const silent = new AbortController();
  let timer: number | undefined;
  const end = (): void => window.clearTimeout(timer);
  const heard = (): void => {
    end();
    timer = window.setTimeout(() => silent.abort(), SILENT_MS);
  };
  heard();
  return { signal: silent.signal, heard, end };
}

type Listener = (list: ProjectionList) => void;

/** Hears how the read models stand until the signal is aborted, or the service ends it or falls silent. */
async function hear(leaving: AbortSignal, onList: Listener): Promise<void> {
  const { signal, heard, end } = silence();
  try {
    const { data } = await portal.watchProjections({ signal: AbortSignal.any([leaving, signal]) });
    await tell(data, onList, heard);
  } finally {
    end();
  }
}

/** Hands on each list; that there were bytes is told of those, too, that say nothing. */
async function tell(
  data: ReadableStream<Uint8Array>,
  onList: Listener,
  onBytes: () => void,
): Promise<void> {
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform: (bytes, out) => {
      onBytes();
      out.enqueue(bytes);
    },
  });
  const messages = data
    .pipeThrough(counted)
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  for (;;) {
    const { done, value } = await messages.read();
    if (done) return;
    if (value.event === 'trouble') throw new Error('the service cannot find out');
    onList(JSON.parse(value.data) as ProjectionList);
  }
}

/** The read models as the service tells of them, while the screen is open; again where it was cut off. */
export function useProjectionFeed(): Feed {
  const [feed, setFeed] = useState<Feed>({ rows: undefined, isCut: false });
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    let timer: number | undefined;
    const listen = (): void => {
      void hear(signal, ({ items }) => setFeed({ rows: items, isCut: false }))
        .catch((error: unknown) => {
          if (!(error instanceof PortalProblem)) return;
          if (error.status === 401) leave('ended');
          if (error.status !== 403) return;
          leaving.abort();
          setFeed({ rows: undefined, isCut: false, refused: error });
        })
        .then(() => {
          if (signal.aborted) return;
          setFeed(({ rows }) => ({ rows, isCut: true }));
          timer = window.setTimeout(listen, AGAIN_MS);
        });
    };
    listen();
    return () => {
      leaving.abort();
      window.clearTimeout(timer);
    };
  }, []);
  return feed;
}
