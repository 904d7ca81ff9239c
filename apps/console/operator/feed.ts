import { EventSourceParserStream } from 'eventsource-parser/stream';
import { useEffect, useState } from 'react';
import { PortalProblem, type ProjectionList, type ProjectionRow } from '#client';
import { portal } from '../api/portal.ts';
import { leave } from '../session/session.ts';

/** Before it is listened again to what was cut off, in milliseconds. */
const AGAIN_MS = 2000;

export interface Feed {
  readonly rows: readonly ProjectionRow[] | undefined;
  /** Nothing is heard at the moment; `rows` are the last that were. */
  readonly isCut: boolean;
  /** Why nothing is told, and will not be. */
  readonly refused?: PortalProblem;
}

/** Hears how the read models stand until the signal is aborted or the service ends it. */
async function hear(signal: AbortSignal, onList: (list: ProjectionList) => void): Promise<void> {
  const { data } = await portal.watchProjections({ signal });
  const messages = data
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
