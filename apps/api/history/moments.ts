import {
  knownMoment,
  momentIn,
  type AskedMoment,
  type AsOf,
  type Audit,
  type Moment,
} from '#audit';
import { momentAt } from '../http/fields/instants.ts';
import { BadInput } from '../http/problems/bad-input.ts';
import type { MomentQuery } from './moment.dto.ts';

type Proofs = Pick<Audit, 'proofs'>;

/** @throws BadInput unless exactly one of the three is given @throws NotSealed */
export const oneMoment = ({ proofs }: Proofs, asked: MomentQuery): Promise<Moment> =>
  knownMoment(proofs, askedMoment(asked));

function askedMoment({ revision, at, checkpoint }: MomentQuery): AskedMoment {
  const given: readonly AskedMoment[] = [
    ...(revision === undefined ? [] : [{ revision }]),
    ...(checkpoint === undefined ? [] : [{ checkpoint }]),
    ...(at === undefined ? [] : [{ at: momentAt(at).toISOString() }]),
  ];
  const [moment, ...more] = given;
  if (moment && more.length === 0) return moment;
  const detail = 'Vui lòng cho biết một trong ba: revision, at hoặc checkpoint.';
  throw new BadInput([{ field: 'revision', code: 'REQUIRED', detail }]);
}

/** @throws BadInput */
const momentOf = (field: 'from' | 'to', text: string): AskedMoment =>
  momentIn(text) ?? { at: momentAt(text, field).toISOString() };

/** Two moments between which is asked. @throws BadInput @throws NotSealed */
export async function twoMoments(
  { proofs }: Proofs,
  asked: { readonly from: string; readonly to: string },
): Promise<{ readonly from: Moment; readonly to: Moment }> {
  const named = { from: momentOf('from', asked.from), to: momentOf('to', asked.to) };
  const from = await knownMoment(proofs, named.from);
  return { from, to: await knownMoment(proofs, named.to) };
}

/** The last event that counted at a moment. */
export const reached = ({ revision, occurredAt }: AsOf) => ({ revision, occurredAt });
