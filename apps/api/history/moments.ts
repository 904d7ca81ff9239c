import { momentIn, type AsOf, type Moment } from '#audit';
import { momentAt } from '../http/fields/instants.ts';
import { BadInput } from '../http/problems/bad-input.ts';
import type { MomentQuery } from './history.dto.ts';

/** @throws BadInput unless exactly one of the two is given */
export function oneMoment({ revision, at }: MomentQuery): Moment {
  if (revision !== undefined && at === undefined) return { revision };
  if (at !== undefined && revision === undefined) return { at: momentAt(at).toISOString() };
  const detail = 'Vui lòng cho biết một trong hai: revision hoặc at.';
  throw new BadInput([{ field: 'revision', code: 'REQUIRED', detail }]);
}

/** @throws BadInput */
export const momentOf = (field: 'from' | 'to', text: string): Moment =>
  momentIn(text) ?? { at: momentAt(text, field).toISOString() };

/** The last event that counted at a moment. */
export const reached = ({ revision, occurredAt }: AsOf) => ({ revision, occurredAt });
