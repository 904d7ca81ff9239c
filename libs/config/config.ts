import { z } from 'zod';
import { auditSettings } from './audit-settings.ts';
import { dossierSettings } from './dossier-settings.ts';
import { printSettings, verificationSettings } from './print-settings.ts';
import { list } from './list.ts';
import { flag } from './flag.ts';
import { InvalidConfig } from './invalid-config.ts';
import { oidcSettings } from './oidc-settings.ts';
import { withSecrets, type Env } from './secrets.ts';
import { unfitForProduction } from './production.ts';
import { webhookSettings } from './webhook-settings.ts';

const port = z.coerce.number().int().min(0).max(65535);
/** An address, a network, or a name for one that Express knows. */
const proxy = z.union(
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(['loopback', 'linklocal', 'uniquelocal'])],
  'must be an address (10.0.0.2), a network (10.1.0.0/16), loopback, linklocal or uniquelocal',
);

/** Every setting the service reads, with what it means; the table in README.md is generated from it. */
export const settings = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'])
    .default('development')
    .describe('`production` refuses the development token issuer and a changed clock.'),
  HOST: z.string().default('127.0.0.1').describe('Address the API listens on.'),
  PORT: port
    .default(3000)
    .describe(
      'Port the API, or the projector with `/health/live` and `/metrics`, listens on; 0 takes a free one.',
    ),
  DATA_DIR: z
    .string()
    .default('data')
    .describe(
      'Folder of the embedded stores: `events.db`, `heads.db`, `read.db`, `access.db`, `tlog.db`, `webhooks.db`, `audit-keys.json`, `webhook-keys.json`, `images/`, `exports/`, `dev-issuer.json`.',
    ),
  EVENTSTORE_URL: z
    .string()
    .startsWith('esdb')
    .optional()
    .describe('EventStoreDB connection string (`esdb://…`, `esdb+discover://…`); unset: SQLite.'),
  MONGODB_URL: z
    .string()
    .startsWith('mongodb')
    .optional()
    .describe('MongoDB connection string; unset: SQLite for read models, disk for images.'),
  MONGODB_DATABASE: z.string().default('chungthuc').describe('MongoDB database name.'),
  PROJECTOR: z
    .enum(['embedded', 'off'])
    .optional()
    .describe(
      '`embedded`: the API process also runs the projections, by default on embedded stores; `off`: it does not.',
    ),
  PARK_EVENTS: list
    .default(['*'])
    .pipe(z.array(z.string().regex(/^([a-z_]+|\*)$/)))
    .describe(
      'Read models, separated by commas, or `*`: on an event they cannot take they set its stream aside and go on; the others stop there; `none`: all stop.',
    ),
  REBUILD_GRACE_MINUTES: z.coerce
    .number()
    .min(0)
    .default(60)
    .describe(
      'How long the collection before a rebuild is kept: `ops rollback` goes back to it meanwhile.',
    ),
  CLOCK_NOW: z.iso
    .datetime({ offset: true })
    .optional()
    .describe(
      'Moves the clock to this instant at start, outside production: `2024-05-10T08:00:00+07:00`.',
    ),
  CLOCK_FIXED: flag
    .default(false)
    .describe('`true` stops the clock at `CLOCK_NOW` instead of letting it run on.'),
  CLOCK_JUMP_MINUTES: z.coerce
    .number()
    .min(1)
    .default(60)
    .describe(
      'A jump of the machine’s clock by more, or at a start one that far behind the last time in the log, refuses commands (`503 CLOCK_JUMPED`) until it is right; a smaller one is logged.',
    ),
  AGENCIES: z
    .enum(['open', 'registered'])
    .optional()
    .describe(
      '`registered`: only agencies that were registered (`POST /v1/agencies`, `ops agencies import`) take commands, by default in production; `open`: one not yet registered does too, by default elsewhere. A retired agency takes none either way.',
    ),
  ...oidcSettings,
  RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(0)
    .default(1200)
    .describe('Requests an account may make in a minute, at each API process; 0: no limit.'),
  HEAD_CACHE_MIB: z.coerce
    .number()
    .min(1)
    .default(32)
    .describe(
      'Memory for the heads of folded streams, for each kind of stream, in MiB; the others are read back from `heads.db`.',
    ),
  AS_OF_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .default(1)
    .describe('Threads that fold streams for as-of questions, each one stream at a time.'),
  AS_OF_SECONDS: z.coerce
    .number()
    .min(1)
    .max(25)
    .default(20)
    .describe('Longest time an as-of question may take.'),
  READ_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .default(2)
    .describe(
      'Threads that read lists from SQLite, each one at a time; with two or more, no account has all of them.',
    ),
  READ_SECONDS: z.coerce
    .number()
    .min(1)
    .max(15)
    .default(10)
    .describe('Longest time a list may take, in either store, waiting for its turn included.'),
  CORS_ORIGINS: list
    .default([])
    .pipe(z.array(z.url({ protocol: /^https?$/ })))
    .describe('Origins whose pages may call the API, separated by commas; by default none.'),
  REFUSED_LIMIT: z.coerce
    .number()
    .int()
    .min(0)
    .default(300)
    .describe(
      'Requests without an account that one address may be refused in a minute, at each API process; beyond it 429; 0: no limit.',
    ),
  ...verificationSettings,
  MOST_AT_ONCE: z.coerce
    .number()
    .int()
    .min(0)
    .default(256)
    .describe(
      'Requests under way at once, at each API process, from where on a caller with its share of them is refused (503) instead of waiting; at twice as many everybody is; 0: no limit.',
    ),
  TRUST_PROXY: list
    .default([])
    .pipe(z.array(proxy))
    .describe(
      'Addresses or networks of the proxies in front, separated by commas (`10.0.0.2`, `10.1.0.0/16`, `loopback`, `uniquelocal`): whose `X-Forwarded-For` is believed; by default nobody’s.',
    ),
  DOCS: z
    .enum(['on', 'off'])
    .optional()
    .describe('`on`: the API’s description at `/docs`; by default `off` in production only.'),
  METRICS_PORT: port
    .optional()
    .describe(
      'Port for `/metrics` alone, which then is nowhere else; unset: beside everything else on `PORT`.',
    ),
  METRICS_HOST: z
    .string()
    .optional()
    .describe('Address `/metrics` listens on where it has a port of its own; by default `HOST`.'),
  ...printSettings,
  ...dossierSettings,
  ...auditSettings,
  ...webhookSettings,
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Collector that traces are sent to (OTLP over HTTP, `/v1/traces` is added); unset: nothing is traced.',
    ),
  OTEL_SERVICE_NAME: z.string().default('so-chung-thuc').describe('The service’s name in traces.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least level written to the log (JSON lines on standard output).'),
});

export type Config = Readonly<z.infer<typeof settings>>;

/** The oldest Node on which everything here runs; on one before 22 SQLite's binary ends the process without a word. */
const OLDEST_NODE = 24;

/** Reads the environment once into a typed object. @throws InvalidConfig also where this Node is too old to go on */
export function loadConfig(env: Env, node = process.versions.node): Config {
  if (Number.parseInt(node, 10) < OLDEST_NODE) {
    throw new InvalidConfig(
      `Node ${OLDEST_NODE} or later is needed, and this is ${node}: start by "npm start", which runs on the Node in node_modules, or install Node ${OLDEST_NODE}.`,
    );
  }
  const given = withSecrets(env);
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw new InvalidConfig(z.prettifyError(parsed.error));
  const config = parsed.data;
  if (config.AUDIT_TSA.length > 0 && config.AUDIT_TSA_CERTS === undefined) {
    throw new InvalidConfig(
      'AUDIT_TSA_CERTS must name a file of the certificates that are trusted where AUDIT_TSA is set.',
    );
  }
  const unfit = config.NODE_ENV === 'production' ? unfitForProduction(config) : undefined;
  if (unfit !== undefined) throw new InvalidConfig(`${unfit} when NODE_ENV is production.`);
  return config;
}
