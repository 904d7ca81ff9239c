import type { Config } from '#config';
import { tidy } from '#domain';
import {
  changeLetters,
  newLine,
  NoSuchLetter,
  readLetters,
  readLine,
  standingLabels,
  tellDecided,
  toDrop,
  toRetry,
  type DeadLetter,
  type Letters,
  type Line,
} from '#outgoing';
import { table } from '#terminal';
import { operator } from '../operator.ts';
import { found, type Outcome } from '../outcome.ts';
import { recordedBy } from '../recorded-by.ts';
import { subscriptionNamed, subscriptions, type Found } from '../webhooks/find.ts';
import { withWebhooks, type WebhookStores } from '../webhooks/stores.ts';
import type { ReasonOptions } from './webhooks.ts';

/** A subscription with how its line stands. */
interface Shown extends Found {
  readonly line: Line;
  readonly letters: Letters;
}

async function shown({ webhooks }: WebhookStores, one: Found): Promise<Shown> {
  const line = (await readLine(webhooks, one.stream))?.value ?? newLine(one.webhook.after);
  return { ...one, line, letters: await readLetters(webhooks, one.stream) };
}

/** In a word, as lists have it. */
function stateOf({ webhook, line }: Shown): string {
  if (webhook.state !== 'active') return webhook.state;
  if (line.standing) return `stands: ${line.standing.why}`;
  return line.failing ? `failing (${line.failing.tries})` : 'sending';
}

/** Whether somebody has to decide something. */
const isWaiting = ({ webhook, line, letters }: Shown): boolean =>
  webhook.state === 'active' && (line.standing !== null || letters.waiting.length > 0);

const jsonOf = (one: Shown) => ({
  ...one.webhook,
  stands: stateOf(one),
  line: one.line,
  letters: one.letters.waiting.length,
});

/** Every subscription that has not ended, or with `all` every one. Finds a difference where one waits for a decision. */
export async function list(config: Config, { all = false }: { all?: boolean }): Promise<Outcome> {
  return withWebhooks(config, async (stores) => {
    const every = (await subscriptions(stores.eventStore)).filter(
      ({ webhook }) => all || webhook.state !== 'ended',
    );
    const rows: Shown[] = [];
    for (const one of every) rows.push(await shown(stores, one));
    const header = ['id', 'agency', 'name', 'url', 'state', 'taken', 'last', 'dead letters'];
    const cells = rows.map((one) => [
      ...[one.webhook.id, one.webhook.agency, one.webhook.name, one.webhook.url, stateOf(one)],
      ...[String(one.line.taken), one.line.takenAt ?? '–', String(one.letters.waiting.length)],
    ]);
    const text = rows.length === 0 ? 'nobody has subscribed' : table(header, cells);
    return found(!rows.some(isWaiting), [text], ...rows.map(jsonOf));
  });
}

const letterCells = ({ id, type, subject, revision, tries, at, said }: DeadLetter): string[] => [
  ...[id, type, subject, String(revision), String(tries), at, said],
];

const LETTER_HEADER = ['event', 'type', 'stream', 'revision', 'tries', 'put aside', 'said'];

/** One subscription: how its line stands, and its dead letters. */
export async function show(config: Config, id: string): Promise<Outcome> {
  return withWebhooks(config, async (stores) => {
    const one = await shown(stores, await subscriptionNamed(stores.eventStore, id));
    const { webhook, line, letters } = one;
    const lines = [
      `${webhook.name}: ${webhook.url}`,
      `${stateOf(one)}; has taken ${line.taken}, the last ${line.takenAt ?? '–'}; come to ${line.come ?? 'the beginning'}`,
      ...(line.failing && !line.standing
        ? [`since ${line.failing.since}, again at ${line.failing.nextAt}: ${line.failing.said}`]
        : []),
      ...(line.standing
        ? [`${standingLabels[line.standing.why]}; it said: ${line.standing.said}`]
        : []),
      ...(letters.waiting.length > 0
        ? [table(LETTER_HEADER, letters.waiting.map(letterCells))]
        : []),
    ];
    const json = { ...jsonOf(one), dead: letters.waiting, dropped: letters.dropped };
    return found(!isWaiting(one), lines, json);
  });
}

export interface LetterOptions extends ReasonOptions {
  readonly all?: boolean;
}

/** Has dead letters sent again, those named or with `all` every one; whoever sends takes that up within a second. */
export const retryLetters = (
  config: Config,
  id: string,
  letters: readonly string[],
  options: LetterOptions,
): Promise<Outcome> => decideOn(config, { id, letters, options }, toRetry, 'are sent again');

/** Gives dead letters up, for good. */
export const dropLetters = (
  config: Config,
  id: string,
  letters: readonly string[],
  options: LetterOptions,
): Promise<Outcome> => decideOn(config, { id, letters, options }, toDrop, 'were dropped');

interface Asked {
  readonly id: string;
  readonly letters: readonly string[];
  readonly options: LetterOptions;
}

/** @throws RangeError */
async function decideOn(
  config: Config,
  { id, letters, options }: Asked,
  decide: typeof toRetry,
  told: string,
): Promise<Outcome> {
  const { all = false, reason: said, account } = options;
  if (all === letters.length > 0) throw new RangeError('name dead letters, or say --all');
  const reason = tidy(said);
  if (reason.length < 5) throw new RangeError('--reason: say why, in at least five characters');
  const by = operator(account);
  return withWebhooks(config, async ({ eventStore, webhooks }) => {
    const { stream } = await subscriptionNamed(eventStore, id);
    const at = (await recordedBy(config, eventStore)).now().toISOString();
    const before = await readLetters(webhooks, stream);
    await changeLetters(webhooks, stream, (now) => decide(now, letters, { by, at, reason })).catch(
      (error: unknown) => {
        if (error instanceof NoSuchLetter) throw new RangeError(error.message);
        throw error;
      },
    );
    await tellDecided(webhooks);
    const count = all ? before.waiting.length : letters.length;
    return found(true, [`${count} dead letters ${told}`], { letters: count });
  });
}
