import { Runners } from '#commands';
import type { Config } from '#config';
import { registerStream, streamPrefixes, type RegisterKey } from '#domain';
import { numbering, ReadModels } from '#projections';
import { contextOf, type Operator } from '../numbering/pause.ts';
import { registerOf, type RegisterOptions } from '../numbering/register-of.ts';
import { resumeNumbering, type Confirmation } from '../numbering/resume.ts';
import { operator } from '../operator.ts';
import { found, type Outcome } from '../outcome.ts';
import { recordedBy } from '../recorded-by.ts';
import { withStores, withStoresAsTheyAre, type OpsStores } from '../stores.ts';
import { table } from '#terminal';

interface Paused extends RegisterKey {
  readonly since: string;
  readonly reason: string;
  /** In the log when it was paused. */
  readonly lastNumber: number | null;
  /** Known beside the log. */
  readonly knownLast: number | null;
}

const PATIENCE_MS = 30_000;

/** The registers that stand still, as the read model has them once it has passed the log's end. */
async function pausedRegisters({ eventStore, readStore }: OpsStores): Promise<readonly Paused[]> {
  const models = new ReadModels(readStore, eventStore);
  const head = await eventStore.head(streamPrefixes);
  if (head !== undefined && !(await models.waitFor(numbering, head, PATIENCE_MS))) {
    throw new RangeError('the read model "numbering" is behind the log: start the service first');
  }
  const paused: Paused[] = [];
  let after: string | undefined;
  do {
    const query = { filter: { paused: true }, limit: 1000, ...(after && { after }) };
    const page = await models.find(numbering, query);
    paused.push(...page.items.map(({ doc }) => doc as unknown as Paused));
    after = page.next;
  } while (after !== undefined);
  return paused;
}

/** The last number that is known to have been given, by whatever knows most. */
const proposal = ({ lastNumber, knownLast }: Paused): number =>
  Math.max(lastNumber ?? 0, knownLast ?? 0);

const cellsOf = (one: RegisterKey): string[] => [one.agency, one.type, String(one.year)];

/** Prints what stands still, with the last number of the log, the last one known, and the proposal. */
export async function listPaused(config: Config): Promise<Outcome> {
  const paused = await withStoresAsTheyAre(config, pausedRegisters);
  const json = paused.map((one) => ({ ...one, proposal: proposal(one) }));
  const header = ['agency', 'type', 'year', 'in the log', 'known', 'proposed', 'since', 'reason'];
  const rows = paused.map((one) => [
    ...cellsOf(one),
    String(one.lastNumber ?? '–'),
    String(one.knownLast ?? '–'),
    String(proposal(one)),
    one.since,
    one.reason,
  ]);
  const text = paused.length === 0 ? 'no register is paused' : table(header, rows);
  return found(true, [text], ...json);
}

export interface PauseOptions extends RegisterOptions {
  readonly reason: string;
  readonly knownLast?: string;
  readonly account?: string;
}

const asOperator = (account: string | undefined): Operator => {
  const name = operator(account);
  return { account: name, name };
};

const runnersOn = async (config: Config, { eventStore }: OpsStores): Promise<Runners> => {
  const clock = await recordedBy(config, eventStore);
  return new Runners(eventStore, { now: () => clock.now() });
};

/** Pauses one register. */
export async function pauseRegister(config: Config, options: PauseOptions): Promise<Outcome> {
  const register = registerOf(options);
  const knownLast =
    options.knownLast === undefined ? null : whole('--known-last', options.knownLast);
  await withStores(config, async (stores) => {
    const command = { type: 'PauseNumbering', reason: options.reason, knownLast } as const;
    const context = contextOf(asOperator(options.account), register.agency);
    const { registers } = await runnersOn(config, stores);
    return registers.execute(registerStream(register), { command, context });
  });
  const line = `${registerStream(register)} takes no numbers until it is resumed`;
  return found(true, [line], { register: registerStream(register), knownLast });
}

export interface ResumeOptions extends Partial<RegisterOptions> {
  readonly reason: string;
  readonly last?: string;
  readonly all?: boolean;
  readonly account?: string;
}

/**
 * Confirms the last number given: of one register, or with `--all` of every one that is paused, as
 * proposed. Finds a difference when a confirmation was refused. @throws RangeError
 */
export async function resumeRegisters(config: Config, options: ResumeOptions): Promise<Outcome> {
  const one = confirmationOf(options);
  const resumed = await withStores(config, async (stores) => {
    const confirmations = one ? [one] : (await pausedRegisters(stores)).map(asProposed);
    const { reason, account } = options;
    const runners = await runnersOn(config, stores);
    return resumeNumbering(runners, confirmations, { reason, operator: asOperator(account) });
  });
  const rows = resumed.map(({ register, lastGiven, outcome, detail }) => [
    ...cellsOf(register),
    String(lastGiven),
    outcome,
    detail,
  ]);
  const text = table(['agency', 'type', 'year', 'last given', 'outcome', 'detail'], rows);
  return found(!resumed.some(({ outcome }) => outcome === 'refused'), [text], ...resumed);
}

const asProposed = (paused: Paused): Confirmation => {
  const { agency, type, year } = paused;
  return { register: { agency, type, year }, lastGiven: proposal(paused) };
};

function confirmationOf(options: ResumeOptions): Confirmation | undefined {
  const { all = false, agency, year, last, type = '' } = options;
  if (all && agency === undefined && last === undefined) return undefined;
  if (all || agency === undefined || year === undefined || last === undefined) {
    throw new RangeError('name one register with --agency, --year and --last, or say --all');
  }
  return { register: registerOf({ agency, year, type }), lastGiven: whole('--last', last) };
}

function whole(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`${option}: a whole number, 0 when none was`);
  return Number(text);
}
