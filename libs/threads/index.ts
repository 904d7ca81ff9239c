export { crossed, crossing } from './crossing.ts';
export type { Crossed } from './crossing.ts';
export { Crew } from './crew.ts';
export type { Hand } from './crew.ts';
export { processMark } from './process-mark.ts';
export { startThread } from './start-thread.ts';
export type { ThreadOptions } from './start-thread.ts';
export { leavingOne, TooManyWaiting, Turns } from './turns.ts';
export type { TurnsOptions } from './turns.ts';
