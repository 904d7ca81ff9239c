import type { Role } from '#access';
import type { Shot, TokenKind } from './shots.ts';

/** Whose token stands for each role. */
const tokenOf: Readonly<Record<Role, TokenKind>> = {
  'receiving-officer': 'officer',
  certifier: 'certifier',
  clerk: 'clerk',
  auditor: 'auditor',
  operator: 'operator',
};
const broken: ReadonlySet<TokenKind> = new Set<TokenKind>([
  ...(['none', 'stranger', 'expired', 'forged', 'unsigned', 'garbage', 'basic', 'twice'] as const),
]);

/**
 * Whose token a request of a run in one role brings. Every other request is whoever's it was drawn
 * for, so that the role finds what only others make; broken tokens stay broken.
 */
export function tokenFor({ token, pick }: Shot, role: Role | undefined): TokenKind {
  if (role === undefined || broken.has(token) || pick % 2 === 1) return token;
  return tokenOf[role];
}

export const isIn = (kind: TokenKind, role: Role | undefined): boolean =>
  role === undefined || kind === tokenOf[role];

/** What only comes of a request whose sender may do what it asks: 422 also comes of a body nobody may send. */
export const showsMay = (statuses: Iterable<number>): boolean =>
  [...statuses].some((status) => status < 300 || [304, 409, 412].includes(status));
