import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { delay, PortalUnreachable, type BookDetails, type ExportJob } from '#client';
import { useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { saveFile } from '../parts/save-file.ts';
import { say } from '../parts/toasts.tsx';
import { currentToken, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

/** From one look at how far a print is to the next, in milliseconds. */
const LOOK_MS = 1000;

export interface Printing {
  readonly print: () => void;
  /** Calls the print off. */
  readonly stop: () => void;
  readonly isBusy: boolean;
  /** How far it was at the last look. */
  readonly job: ExportJob | undefined;
  /** Why there is no file. */
  readonly failure: unknown;
  /** Looks again for a print that goes on while the service cannot be reached. */
  readonly goOn: (() => void) | undefined;
}

interface Following {
  /** Calls it off. */
  readonly signal: AbortSignal;
  readonly onJob: (job: ExportJob) => void;
}

const isUnderWay = ({ state }: ExportJob): boolean => state === 'waiting' || state === 'running';
const pathOf = ({ agency, id }: ExportJob) => ({ agency, exportId: id });
const nameOf = ({ agency, type, year, revision }: ExportJob): string =>
  `so-${agency}-${type}-${year}-${revision}.pdf`;

/** Waits for a print to end and saves its file. @returns whether there is one, or it was called off */
async function fetched(job: ExportJob, { signal, onJob }: Following): Promise<boolean> {
  let now = job;
  while (isUnderWay(now)) {
    signal.throwIfAborted();
    await delay(LOOK_MS, signal);
    now = (await portal.getExport(pathOf(job), { signal })).data;
    onJob(now);
  }
  if (now.state === 'canceled') return false;
  // Of one that failed the service says so here, in its words.
  const { data } = await portal.getExportFile(pathOf(job), { signal });
  saveFile(data, nameOf(now));
  return true;
}

/** The same; called off at the service where that is asked for meanwhile. */
async function followed(job: ExportJob, following: Following): Promise<boolean> {
  try {
    return await fetched(job, following);
  } catch (error) {
    // Whoever has logged out meanwhile cannot call anything off.
    if (!following.signal.aborted || currentToken() === '') throw error;
    await portal.cancelExport(pathOf(job));
    return false;
  }
}

/**
 * In: the service's own print of the whole book, for which nobody has to wait; the page has but the
 * numbers in sight. Leaving the book calls it off.
 */
export function usePrint({ bookId }: BookDetails, etag: string | null): Printing {
  const { printing } = useWords().entries;
  const { agency } = useSession();
  const [job, setJob] = useState<ExportJob>();
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);
  const following = useMutation({
    mutationFn: (begun: ExportJob) => {
      setJob(begun);
      const { signal } = (stopping.current ??= new AbortController());
      return followed(begun, { signal, onJob: setJob });
    },
    onSuccess: (isSaved) => say(isSaved ? printing.saved : printing.stopped),
  });
  const start = useCommand({
    // The revision that was seen tells requests apart: with another number in it the book is to be
    // printed anew, also where the answer to the request before was lost.
    run: (_seen: { readonly etag: string | null }, options) =>
      portal.startExport({ agency }, { of: bookId, format: 'pdf' }, options),
    fields: [],
    onDone: ({ data }) => following.mutate(data),
  });
  const print = (): void => {
    stopping.current = new AbortController();
    setJob(undefined);
    following.reset();
    start.send({ etag });
  };
  const isCut = job !== undefined && following.error instanceof PortalUnreachable;
  return {
    ...{ print, job, stop: () => stopping.current?.abort() },
    isBusy: start.busy || following.isPending,
    failure: start.failure ?? following.error,
    goOn: isCut ? () => following.mutate(job) : undefined,
  };
}
