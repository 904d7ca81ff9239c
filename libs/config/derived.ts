import { join } from 'node:path';
import type { Config } from './config.ts';

/** Whether this process runs the projections itself. */
export function runsProjector(config: Config): boolean {
  if (config.PROJECTOR !== undefined) return config.PROJECTOR === 'embedded';
  return config.EVENTSTORE_URL === undefined && config.MONGODB_URL === undefined;
}

/** Whether the API's description is served. */
export const servesDocs = (config: Pick<Config, 'DOCS' | 'NODE_ENV'>): boolean =>
  (config.DOCS ?? (config.NODE_ENV === 'production' ? 'off' : 'on')) === 'on';

export const graceMs = (config: Pick<Config, 'REBUILD_GRACE_MINUTES'>): number =>
  config.REBUILD_GRACE_MINUTES * 60_000;

/** Memory for heads, of one kind of stream. */
export const headCacheBytes = (config: Pick<Config, 'HEAD_CACHE_MIB'>): number =>
  config.HEAD_CACHE_MIB * 1024 * 1024;

/** The file of the keys that sign checkpoints. */
export const auditKeysPath = (config: Pick<Config, 'AUDIT_KEYS' | 'DATA_DIR'>): string =>
  config.AUDIT_KEYS ?? join(config.DATA_DIR, 'audit-keys.json');

/** The file of the key that the secrets of webhooks are made of. */
export const webhookKeysPath = (config: Pick<Config, 'WEBHOOK_KEYS' | 'DATA_DIR'>): string =>
  config.WEBHOOK_KEYS ?? join(config.DATA_DIR, 'webhook-keys.json');

/** What becomes of an agency nobody has registered. */
export function agencyPolicy(config: Pick<Config, 'AGENCIES' | 'NODE_ENV'>): 'open' | 'registered' {
  return config.AGENCIES ?? (config.NODE_ENV === 'production' ? 'registered' : 'open');
}
