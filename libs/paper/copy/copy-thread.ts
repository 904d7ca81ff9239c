import { parentPort } from 'node:worker_threads';
import { crossing, type Crossed } from '#threads';
import type { PdfProblemCode } from './problem.ts';
import { PdfRefused } from './problem.ts';
import { doWork, type CopyWork, type SignedCopy, type StampedCopy } from './work.ts';

/** What it says when a piece of work is done. */
export type Said =
  | { readonly kind: 'done'; readonly done: StampedCopy | SignedCopy }
  | { readonly kind: 'refused'; readonly code: PdfProblemCode; readonly details: object }
  | { readonly kind: 'failed'; readonly error: Crossed };

const say = (said: Said): void => parentPort?.postMessage(said);

const refused = ({ code, details }: PdfRefused): void => say({ kind: 'refused', code, details });

parentPort?.on('message', (work: CopyWork) => {
  doWork(work).then(
    (done) => say({ kind: 'done', done }),
    (error: unknown) => {
      if (error instanceof PdfRefused) refused(error as PdfRefused);
      else say({ kind: 'failed', error: crossing(error) });
    },
  );
});
