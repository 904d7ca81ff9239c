import { parentPort, workerData } from 'node:worker_threads';
import { openEventStore } from '#event-store';
import { answerAll } from './as-of.ts';
import { isOfMoment, type Answer, type AnyQuestion } from './questions.ts';
import { replayPage } from './replay.ts';

/** What the thread is told. */
export type Order =
  | { readonly kind: 'pass'; readonly stream: string; readonly questions: readonly Numbered[] }
  | { readonly kind: 'drop'; readonly id: number };

export interface Numbered {
  readonly id: number;
  readonly question: AnyQuestion;
}

/** What it says: answers as their moments go by, and the end of each pass. */
export type Said =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'done'; readonly error?: { readonly name: string; readonly message: string } };

const port = parentPort;
const store = await openEventStore(workerData as Parameters<typeof openEventStore>[0]);
const gone = new Set<number>();
const say = (said: Said): void => port?.postMessage(said);

async function pass(stream: string, questions: readonly Numbered[]): Promise<void> {
  const asking = questions.flatMap(({ id, question }) =>
    isOfMoment(question)
      ? [
          {
            question,
            answer: (answer: Answer) => sayAnswer(id, answer),
            isGone: () => gone.has(id),
          },
        ]
      : [],
  );
  if (asking.length > 0) await answerAll(store.readStream(stream), asking);
  for (const { id, question } of questions) {
    if (isOfMoment(question) || gone.has(id)) continue;
    const span = { ...question.span, isGone: () => gone.has(id) };
    sayAnswer(id, await replayPage(store, stream, span));
  }
}

const sayAnswer = (id: number, answer: Answer): void => say({ kind: 'answer', id, answer });

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
