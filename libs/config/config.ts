import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Every setting the service reads, with what it means; the table in README.md is generated from it. */
export const settings = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'])
    .default('development')
    .describe('`production` refuses the development token issuer and a changed clock.'),
  HOST: z.string().default('127.0.0.1').describe('Address the API listens on.'),
  PORT: port.default(3000).describe('Port the API listens on; 0 takes a free one.'),
  DATA_DIR: z
    .string()
    .default('data')
    .describe(
      'Folder of the embedded stores: `events.db`, `read.db`, `images/`, `dev-issuer.json`.',
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
      'Whether the API process also runs the projections; by default only on embedded stores.',
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
  AGENCIES: z
    .enum(['open', 'registered'])
    .optional()
    .describe(
      '`registered`: only agencies that were registered (`POST /v1/agencies`, `ops agencies import`) take commands, by default in production; `open`: one not yet registered does too, by default elsewhere. A retired agency takes none either way.',
    ),
  OIDC_ISSUER: z
    .url()
    .optional()
    .describe('Issuer of the bearer tokens; unset: the development issuer, never in production.'),
  OIDC_JWKS_URL: z
    .url()
    .optional()
    .describe('Key set of the issuer; by default the one its discovery document names.'),
  OIDC_AUDIENCE: z.string().default('so-chung-thuc').describe('Audience a token must name.'),
  OIDC_ROLES_CLAIM: z
    .string()
    .default('roles')
    .describe('Claim with the caller’s roles; dots go deeper.'),
  OIDC_AGENCY_CLAIM: z
    .string()
    .default('agency')
    .describe('Claim with the caller’s agency code(s).'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least level written to the log (JSON lines on standard output).'),
});

export type Config = Readonly<z.infer<typeof settings>>;

/** A setting is missing or wrong; the message names each one and what it must be. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}

/** Reads the environment once into a typed object. @throws InvalidConfig */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) throw new InvalidConfig(z.prettifyError(parsed.error));
  const config = parsed.data;
  if (config.NODE_ENV === 'production' && config.CLOCK_NOW !== undefined) {
    throw new InvalidConfig('CLOCK_NOW must not be set when NODE_ENV is production.');
  }
  if (config.NODE_ENV === 'production' && config.OIDC_ISSUER === undefined) {
    throw new InvalidConfig('OIDC_ISSUER must be set when NODE_ENV is production.');
  }
  return config;
}

/** Whether this process runs the projections itself. */
export function runsProjector(config: Config): boolean {
  if (config.PROJECTOR !== undefined) return config.PROJECTOR === 'embedded';
  return config.EVENTSTORE_URL === undefined && config.MONGODB_URL === undefined;
}

/** What becomes of an agency nobody has registered. */
export function agencyPolicy(config: Pick<Config, 'AGENCIES' | 'NODE_ENV'>): 'open' | 'registered' {
  return config.AGENCIES ?? (config.NODE_ENV === 'production' ? 'registered' : 'open');
}
