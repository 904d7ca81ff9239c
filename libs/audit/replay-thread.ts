import { parentPort, workerData } from 'node:worker_threads';
import { openEventStore } from '#event-store';
import { answerAll, type AsOf, type Question } from './as-of.ts';

/** What the thread is told. */
export type Order =
  | { readonly kind: 'pass'; readonly stream: string; readonly questions: readonly Numbered[] }
  | { readonly kind: 'drop'; readonly id: number };

export interface Numbered {
  readonly id: number;
  readonly question: Question;
}

/** What it says: answers as their moments go by, and the end of each pass. */
export type Said =
  | { readonly kind: 'answer'; readonly id: number; readonly asOf: AsOf }
  | { readonly kind: 'done'; readonly error?: { readonly name: string; readonly message: string } };

const port = parentPort;
const store = await openEventStore(workerData as Parameters<typeof openEventStore>[0]);
const gone = new Set<number>();
const say = (said: Said): void => port?.postMessage(said);

async function pass(stream: string, questions: readonly Numbered[]): Promise<void> {
  const asking = questions.map(({ id, question }) => ({
    question,
    answer: (asOf: AsOf) => say({ kind: 'answer', id, asOf }),
    isGone: () => gone.has(id),
  }));
  await answerAll(store.readStream(stream), asking);
}

port?.on('message', (order: Order) => {
  if (order.kind === 'drop') {
    gone.add(order.id);
    return;
  }
  gone.clear();
  pass(order.stream, order.questions).then(
    () => say({ kind: 'done' }),
    (error: unknown) => {
      const { name, message } = error as Error;
      say({ kind: 'done', error: { name, message } });
    },
  );
});
