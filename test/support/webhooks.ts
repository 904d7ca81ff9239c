import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Runners } from '../../libs/commands/runners.ts';
import { loadConfig, webhookKeysPath, type Config } from '#config';
import { webhookStream, type SubscribeWebhook, type WebhookCommand } from '#domain';
import type { EventStore } from '#event-store';
import { ensureWebhookKey, originOf, Sender, startWebhooks } from '#outgoing';
import { follow, webhookList } from '#projections';
import { openSqliteReadStore, type ReadStore } from '#read-store';
import { certificate } from './eventstoredb/tls.ts';
import { sampleActor } from './stores.ts';

/** Webhooks over stores of a test: subscribed to, and sent by a deliverer that may be stopped and started. */
export interface TestWebhooks {
  readonly config: Config;
  readonly store: ReadStore;
  readonly told: string[];
  readonly runners: Runners;
  subscribe(given: Partial<SubscribeWebhook> & { readonly url: string }): Promise<string>;
  command(stream: string, command: WebhookCommand): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  dispose(): Promise<void>;
}

export interface WebhookStores {
  readonly folder: string;
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

const AGO_MS = 600_000;

/** @param env settings beside those that let this machine be sent to */
export function testWebhooks(
  { folder, eventStore, readStore }: WebhookStores,
  env: Readonly<Record<string, string>> = {},
  firstPauseMs = 20,
): TestWebhooks {
  const local = { WEBHOOK_NETWORKS: '127.0.0.0/8', WEBHOOK_HTTP: 'true' };
  const given = loadConfig({ DATA_DIR: folder, WEBHOOK_SECONDS: '1', ...local, ...env });
  // Receivers of tests listen wherever there is room.
  const ports = { includes: () => true } as unknown as Config['WEBHOOK_PORTS'];
  const config: Config = { ...given, WEBHOOK_PORTS: ports };
  const store = openSqliteReadStore(join(folder, 'webhooks.db'));
  // What was subscribed to has been for a while.
  const runners = new Runners(eventStore, { now: () => new Date(Date.now() - AGO_MS) });
  const stopping = new AbortController();
  const told: string[] = [];
  const log = (_level: string, message: string, detail: object): void =>
    void told.push(`${message} ${JSON.stringify(detail)}`);
  const following = follow({
    ...{ eventStore, readStore, projections: [webhookList], signal: stopping.signal, log },
  });
  let running: ReturnType<typeof startWebhooks> | undefined;
  const command: TestWebhooks['command'] = async (stream, given) => {
    const ids = { correlationId: randomUUID(), causationId: randomUUID() };
    const actor = { ...sampleActor, role: 'operator' };
    await runners.webhooks.execute(stream, { command: given, context: { actor, ...ids } });
  };
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = undefined;
  };
  return {
    ...{ config, store, told, runners, command, stop },
    subscribe: async (asked) => {
      await originOf(store, runners.now());
      const { id: keyId } = await ensureWebhookKey(webhookKeysPath(config));
      const whose = { id: randomUUID(), agency: '*', name: 'Trục', types: [], after: null };
      const subscribing: SubscribeWebhook = { ...whose, keyId, ...asked, type: 'SubscribeWebhook' };
      const stream = webhookStream(subscribing.agency, subscribing.id);
      await command(stream, subscribing);
      return stream;
    },
    start: () => {
      const rules = config;
      const deadlineMs = config.WEBHOOK_SECONDS * 1000;
      const sender = new Sender({ rules, deadlineMs, ca: certificate });
      running = startWebhooks({
        ...{ config, eventStore, readStore, webhooks: store, log, firstPauseMs, sender },
      });
    },
    dispose: async () => {
      await stop();
      stopping.abort();
      await following;
      await store.close();
    },
  };
}
