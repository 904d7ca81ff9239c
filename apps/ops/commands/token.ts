import {
  EVERY_AGENCY,
  isAccount,
  isAgencyCode,
  issueDevToken,
  MOST_DEV_HOURS,
  roles,
  type Role,
} from '#access';
import type { Config } from '#config';
import { found, type Outcome } from '../outcome.ts';

export interface TokenOptions {
  readonly role: readonly string[];
  readonly agency: readonly string[];
  readonly account?: string;
  readonly name?: string;
  readonly via?: string;
  readonly hours: string;
}

const isRole = (text: string): text is Role => roles.some((role) => role === text);

/** A token of the development issuer. @throws RangeError for what no token can say */
export async function tokenFor(config: Config, options: TokenOptions): Promise<Outcome> {
  if (config.NODE_ENV === 'production' || config.OIDC_ISSUER !== undefined) {
    throw new RangeError('the development issuer is off: tokens come from OIDC_ISSUER');
  }
  const unknown = options.role.find((role): boolean => !isRole(role));
  if (unknown !== undefined) throw new RangeError(`no role ${unknown}; roles: ${roles.join(', ')}`);
  const wrong = options.agency.find(
    (code): boolean => code !== EVERY_AGENCY && !isAgencyCode(code),
  );
  if (wrong !== undefined) throw new RangeError(`${wrong} is no agency code, e.g. BK-001`);
  const account = options.account ?? options.role[0] ?? '';
  if (![account, options.via ?? account].every(isAccount))
    throw new RangeError('--account, --via: letters, digits and ._@:|+- only, at most 128');
  const hours = Number(options.hours);
  if (!(hours > 0 && hours <= MOST_DEV_HOURS))
    throw new RangeError(`--hours is between 0 and ${MOST_DEV_HOURS}`);
  const token = await issueDevToken(config.DATA_DIR, {
    account,
    name: options.name ?? account,
    roles: options.role.filter(isRole),
    agencies: options.agency,
    audience: config.OIDC_AUDIENCE,
    ...(options.via !== undefined && { via: options.via }),
    lifetime: Math.ceil(hours * 3600),
  });
  return found(true, [token], { token });
}
