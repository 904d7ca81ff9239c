import { Unauthenticated } from './unauthenticated.ts';

/** The roles of the house (seed; domain rules). */
export const roles = ['receiving-officer', 'certifier', 'clerk', 'auditor', 'operator'] as const;
export type Role = (typeof roles)[number];

/** Stands for every agency in an auditor's or operator's grant. */
export const EVERY_AGENCY = '*';

/** Who is calling, as the token says. */
export interface Caller {
  /** Stable id of the account at its issuer. */
  readonly account: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Codes of the agencies the caller belongs to or is granted. */
  readonly agencies: readonly string[];
  /** The service account that calls on the person's behalf (RFC 8693 `act`). */
  readonly via?: string;
}

const ACCOUNT = /^[A-Za-z0-9._@:|+-]{1,128}$/;
const AGENCY = /^[A-Z0-9][A-Z0-9.-]{0,31}$/;

export const isAccount = (text: unknown): text is string =>
  typeof text === 'string' && ACCOUNT.test(text);

/** `BK-001`: capital letters, digits, dots and hyphens, at most 32. */
export const isAgencyCode = (text: unknown): text is string =>
  typeof text === 'string' && AGENCY.test(text);

const isRole = (text: unknown): text is Role => roles.some((role) => role === text);

/** A claim by its path: `realm_access.roles` goes two deep. */
function claim(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((value, key) => {
    const inside = value !== null && typeof value === 'object' && Object.hasOwn(value, key);
    return inside ? (value as Record<string, unknown>)[key] : undefined;
  }, claims);
}

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** Characters a name may have; it stands in the log for ever. */
const LONGEST_NAME = 200;

/**
 * A name as it is recorded: NFC, without characters that show nothing but change how others show
 * (Unicode Cf: bidi controls, zero-width), white space and controls as single blanks.
 * @throws Unauthenticated for one too long, or of which something was lost
 */
function nameIn(claimed: unknown): string | undefined {
  if (typeof claimed !== 'string') return undefined;
  if (/[\p{Cs}\ufffd]/u.test(claimed)) throw new Unauthenticated('claim name', 'name');
  const visible = claimed.replaceAll(/\p{Cf}/gu, '').replaceAll(/[\s\p{Cc}]+/gu, ' ');
  const name = visible.normalize('NFC').trim();
  if (Array.from(name).length > LONGEST_NAME) throw new Unauthenticated('claim name', 'name');
  return name === '' ? undefined : name;
}

/**
 * The caller in a verified token's claims; roles the house does not know are passed over.
 * @throws Unauthenticated when the subject, or who acts for it, is missing or malformed, or the name is none that can be kept
 */
export function callerOf(
  claims: Readonly<Record<string, unknown>>,
  paths: { readonly roles: string; readonly agency: string },
): Caller {
  const { sub, name, act } = claims;
  if (!isAccount(sub)) throw new Unauthenticated('claim sub', 'sub');
  const agencies = list(claim(claims, paths.agency)).filter(
    (code): code is string => code === EVERY_AGENCY || isAgencyCode(code),
  );
  const via = claim({ act }, 'act.sub');
  // Whoever acts for the subject stands in the log beside it: not to be read is not to be let in.
  if (act !== undefined && !isAccount(via)) throw new Unauthenticated('claim act.sub', 'act.sub');
  return {
    account: sub,
    name: nameIn(name) ?? sub,
    roles: list(claim(claims, paths.roles)).filter(isRole),
    agencies,
    ...(isAccount(via) && { via }),
  };
}
