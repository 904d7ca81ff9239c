import { numbering } from '#projections';
import type { Desk } from '../desk.ts';
import type { ApiRequest } from '../http/request.ts';
import type { PausedRegister } from './books.dto.ts';

/** Registers of one agency at most: one a type and year. */
const MOST = 100;

/** The agency's registers that give no number until an operator has confirmed the last one. */
export async function pausedRegisters(desk: Desk, request: ApiRequest): Promise<PausedRegister[]> {
  const filter = { agency: String(request.params['agency']), paused: true };
  const { items } = await desk.page(request, numbering, { filter, limit: MOST });
  return items.map(({ doc }) => {
    const { type, year, since, reason } = doc as unknown as PausedRegister;
    return { type, year, since, reason };
  });
}
