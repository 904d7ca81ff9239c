import type { Runners } from '#commands';
import { Refusal, registerStream, type RegisterKey } from '#domain';
import { inBatches } from '../in-batches.ts';
import { contextOf, type Operator } from './pause.ts';

/** What an operator confirms of a register. */
export interface Confirmation {
  readonly register: RegisterKey;
  /** The last number given; 0 when none was. */
  readonly lastGiven: number;
}

export interface Resumed extends Confirmation {
  readonly outcome: 'resumed' | 'refused';
  /** Numbers recorded as lost, or why the confirmation was refused. */
  readonly detail: string;
}

/** Has registers number on behind the last number given, each by itself. */
export async function resumeNumbering(
  runners: Pick<Runners, 'registers'>,
  confirmations: readonly Confirmation[],
  { reason, operator }: { readonly reason: string; readonly operator: Operator },
): Promise<readonly Resumed[]> {
  return inBatches(confirmations, async ({ register, lastGiven }): Promise<Resumed> => {
    const command = { type: 'ResumeNumbering', lastGiven, reason } as const;
    const context = contextOf(operator, register.agency);
    try {
      const asked = { command, context };
      const { events } = await runners.registers.execute(registerStream(register), asked);
      const lost = events.find((event) => event.type === 'NumbersLost');
      const detail = lost ? `${lost.data.from}–${lost.data.to} recorded as lost` : 'none was lost';
      return { register, lastGiven, outcome: 'resumed', detail };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const detail = `${error.code} ${JSON.stringify(error.details)}`;
      return { register, lastGiven, outcome: 'refused', detail };
    }
  });
}
