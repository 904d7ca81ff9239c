import type { AsOf, Question } from './as-of.ts';
import type { ReplayPage } from './replay.ts';

/** Some steps of a stream, one after another. */
export interface StepsQuestion {
  readonly stream: string;
  /** Bounded: all of it is in memory at once. */
  readonly span: { readonly from: number; readonly limit: number };
}

/** What can be asked of a stream, and is answered by folding it. */
export type AnyQuestion = Question | StepsQuestion;
export type Answer = AsOf | ReplayPage;
export type AnswerTo<Q extends AnyQuestion> = Q extends StepsQuestion ? ReplayPage : AsOf;

export const isOfMoment = (question: AnyQuestion): question is Question => 'moment' in question;
