import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  agencyStream,
  barrier,
  fourEyesBarrier,
  isSuccessorsDuty,
  vietnameseDate,
  type AgencyPolicy,
  type AgencyState,
  type Refusal,
} from '#domain';
import type { CommandContext } from './context.ts';
import type { Runners } from './runners.ts';

type OwnedCommand = Parameters<typeof isSuccessorsDuty>[0];

/**
 * Whether what an agency owns takes a command, asked of the log for every command.
 *
 * The answer holds for the moment of asking: a retirement appended between it and the command's own
 * append, some milliseconds later, does not undo the command, which was asked for while the agency
 * was active and stands in the log as such.
 */
export class AgencyGate {
  private readonly upcoming = new Map<string, Promise<AgencyState>>();

  constructor(
    private readonly runners: Pick<Runners, 'agencies' | 'now'>,
    private readonly policy: AgencyPolicy,
  ) {}

  /** Why the command may not be carried out for this agency; undefined when it may. */
  async barrier(
    owner: string,
    command: OwnedCommand,
    { actor }: Pick<CommandContext, 'actor'>,
  ): Promise<Refusal | undefined> {
    const rules = { policy: this.policy, today: vietnameseDate(this.runners.now()) };
    const agency = await this.load(owner);
    const own = barrier(agency, owner, rules);
    if (actor.agency === owner) return own ?? fourEyesBarrier(agency, owner, command);
    if (!(await this.heirs(owner)).includes(actor.agency)) {
      throw new Error(`${actor.agency} acts for ${owner}, which it does not succeed`);
    }
    if (!isSuccessorsDuty(command)) return own;
    const heir = await this.load(actor.agency);
    const its = barrier(heir, actor.agency, rules);
    return its ?? fourEyesBarrier(heir, actor.agency, command);
  }

  /** Who has the registers of an agency that has ended: its successor, then the successor's, and so on. */
  async heirs(code: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (let next = await this.successor(code); next !== null; next = await this.successor(next)) {
      if (found.includes(next)) throw new Error(`the successors of ${code} run in a circle`);
      found.push(next);
    }
    return found;
  }

  private async successor(code: string): Promise<string | null> {
    const agency = await this.load(code);
    return agency?.state === 'retired' ? agency.successor : null;
  }

  /** The agency up to now. Those who ask before the reading begins share it, so that many commands cost one. */
  private load(code: string): Promise<AgencyState> {
    const shared = this.upcoming.get(code);
    if (shared) return shared;
    const loading = nextTurn().then(async () => {
      this.upcoming.delete(code);
      return (await this.runners.agencies.load(agencyStream(code))).state;
    });
    this.upcoming.set(code, loading);
    return loading;
  }
}
