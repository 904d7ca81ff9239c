import { randomUUID } from 'node:crypto';
import { EVERY_AGENCY } from '#access';
import { Runners } from '#commands';
import { webhookKeysPath, type Config } from '#config';
import { canBeAgencyCode, webhookStream, type WebhookCommand } from '#domain';
import {
  BadPlace,
  changeLine,
  ensureWebhookKey,
  newLine,
  originOf,
  placeFrom,
  readWebhookKeys,
  requireUrl,
  resumed,
  secretText,
  tellDecided,
} from '#outgoing';
import { contextOf } from '../numbering/pause.ts';
import { operator } from '../operator.ts';
import { found, type Outcome } from '../outcome.ts';
import { recordedBy } from '../recorded-by.ts';
import { subscriptionNamed, type Found } from '../webhooks/find.ts';
import { withWebhooks, type WebhookStores } from '../webhooks/stores.ts';

interface ByOperator {
  readonly account?: string;
}

export interface SubscribeOptions extends ByOperator {
  readonly url: string;
  readonly name: string;
  readonly agency: string;
  readonly types?: string;
  readonly from: string;
}

export interface ReasonOptions extends ByOperator {
  readonly reason: string;
}

/** The command and who gives it. @throws Refusal */
async function execute(
  config: Config,
  { eventStore }: WebhookStores,
  given: { readonly stream: string; readonly agency: string; readonly account?: string },
  command: WebhookCommand,
) {
  const clock = await recordedBy(config, eventStore);
  const { webhooks } = new Runners(eventStore, { now: () => clock.now() });
  const account = operator(given.account);
  const context = contextOf({ account, name: account }, given.agency);
  return webhooks.execute(given.stream, { command, context });
}

const wordsOf = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((word) => word !== '');

/** @throws RangeError */
const placeAsked = (stores: WebhookStores, from: string): Promise<string | null> =>
  placeFrom(stores.eventStore, from).catch((error: unknown) => {
    if (error instanceof BadPlace)
      throw new RangeError(`--from: now, beginning, or a place that the feed told`);
    throw error;
  });

/** @throws RangeError */
function agencyAsked(agency: string): string {
  if (agency === EVERY_AGENCY || canBeAgencyCode(agency)) return agency;
  throw new RangeError('--agency: the code of an agency, or * for every agency');
}

/** Subscribes a receiver, and prints the secret it verifies by, once. @throws Refusal @throws RangeError */
export async function subscribe(config: Config, options: SubscribeOptions): Promise<Outcome> {
  const { url, name, types = '', from, account } = options;
  const agency = agencyAsked(options.agency);
  await requireUrl(url, config);
  return withWebhooks(config, async (stores) => {
    const clock = await recordedBy(config, stores.eventStore);
    await originOf(stores.webhooks, clock.now());
    const { id: keyId } = await ensureWebhookKey(webhookKeysPath(config));
    const id = randomUUID();
    const after = await placeAsked(stores, from);
    const whose = { id, agency, name, url, types: wordsOf(types), after };
    const stream = webhookStream(agency, id);
    const given = { stream, agency, ...(account !== undefined && { account }) };
    await execute(config, stores, given, { type: 'SubscribeWebhook', ...whose, keyId });
    return secretTold(config, id, { generation: 1, keyId });
  });
}

/** A secret is told to whoever asked for it, and never again. */
function secretTold(
  config: Config,
  id: string,
  secret: { readonly generation: number; readonly keyId: string },
): Outcome {
  const text = secretText(id, secret, readWebhookKeys(webhookKeysPath(config)));
  const lines = [
    `webhook: ${id}`,
    `secret:  ${text}`,
    'give the secret to the receiver now: it is not shown again',
  ];
  return found(true, lines, { id, secret: text });
}

export interface EditOptions extends ReasonOptions {
  readonly url?: string;
  readonly name?: string;
  readonly types?: string;
}

type Decided = (found: Found, stores: WebhookStores) => Promise<WebhookCommand | undefined>;

/** Decides on one subscription, and says how it then stands. @throws Refusal @throws RangeError */
async function decideOn(
  config: Config,
  { id, account }: { readonly id: string; readonly account?: string | undefined },
  commandOf: Decided,
): Promise<Outcome> {
  return withWebhooks(config, async (stores) => {
    const one = await subscriptionNamed(stores.eventStore, id);
    const command = await commandOf(one, stores);
    const { agency } = one.webhook;
    const given = { stream: one.stream, agency, ...(account !== undefined && { account }) };
    const { state } = command
      ? await execute(config, stores, given, command)
      : { state: one.webhook };
    await tellDecided(stores.webhooks);
    const told = `webhook ${one.webhook.id} (${state?.name ?? ''}): ${state?.state ?? ''}`;
    return found(true, [told], { ...state });
  });
}

/** Changes name, address or types. */
export async function edit(config: Config, id: string, options: EditOptions): Promise<Outcome> {
  const { url, name, types, reason } = options;
  if (url === undefined && name === undefined && types === undefined)
    throw new RangeError('say what to change: --url, --name or --types');
  if (url !== undefined) await requireUrl(url, config);
  return decideOn(config, { id, ...options }, ({ webhook }) =>
    Promise.resolve({
      ...{ type: 'EditWebhook', id: webhook.id, reason, name, url },
      ...(types !== undefined && { types: types === '*' ? [] : wordsOf(types) }),
    }),
  );
}

export const pause = (config: Config, id: string, options: ReasonOptions): Promise<Outcome> =>
  decideOn(config, { id, ...options }, ({ webhook }) =>
    Promise.resolve({ type: 'PauseWebhook', id: webhook.id, reason: options.reason }),
  );

export const end = (config: Config, id: string, options: ReasonOptions): Promise<Outcome> =>
  decideOn(config, { id, ...options }, ({ webhook }) =>
    Promise.resolve({ type: 'EndWebhook', id: webhook.id, reason: options.reason }),
  );

export interface ResumeOptions extends ReasonOptions {
  readonly from?: string;
}

/** Has a subscription go on that was paused, or whose line stands still or waits: at once, and from elsewhere where told. */
export const resume = (config: Config, id: string, options: ResumeOptions): Promise<Outcome> =>
  decideOn(config, { id, ...options }, async ({ webhook, stream }, stores) => {
    const from = options.from === undefined ? undefined : await placeAsked(stores, options.from);
    await changeLine(stores.webhooks, stream, (line) =>
      resumed(line ?? newLine(webhook.after), from),
    );
    return { type: 'ResumeWebhook', id: webhook.id, reason: options.reason };
  });

export interface RotateOptions extends ReasonOptions {
  readonly overlap: string;
}

const HOUR_MS = 3_600_000;
const MOST_HOURS = 168;

/** A new secret, printed once; the one before signs beside it for so many hours. @throws RangeError */
export async function rotate(config: Config, id: string, options: RotateOptions): Promise<Outcome> {
  const hours = /^\d{1,3}$/.test(options.overlap) ? Number(options.overlap) : NaN;
  if (!(hours <= MOST_HOURS))
    throw new RangeError(`--overlap: hours the earlier secret stays good, 0 to ${MOST_HOURS}`);
  let rotated:
    { readonly id: string; readonly generation: number; readonly keyId: string } | undefined;
  await decideOn(config, { id, ...options }, async ({ webhook }, { eventStore }) => {
    const clock = await recordedBy(config, eventStore);
    const { id: keyId } = await ensureWebhookKey(webhookKeysPath(config));
    const previousUntil = new Date(clock.now().getTime() + hours * HOUR_MS).toISOString();
    const replaces = webhook.secret.generation;
    rotated = { id: webhook.id, generation: replaces + 1, keyId };
    const { reason } = options;
    return { type: 'RotateWebhookSecret', id: webhook.id, replaces, keyId, previousUntil, reason };
  });
  if (!rotated) throw new Error('nothing was rotated');
  return secretTold(config, rotated.id, rotated);
}
