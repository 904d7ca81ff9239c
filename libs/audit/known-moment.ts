import type { AskedMoment, Moment } from './as-of.ts';
import type { LogProofs } from './sealing/log-proofs.ts';

/**
 * The moment that is asked for, where it lies in the log.
 * @throws NotSealed there is no checkpoint of this size
 */
export const knownMoment = async (
  proofs: Pick<LogProofs, 'endOf'>,
  asked: AskedMoment,
): Promise<Moment> =>
  'checkpoint' in asked ? { upTo: await proofs.endOf(asked.checkpoint) } : asked;
