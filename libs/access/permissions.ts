import { EVERY_AGENCY, type Caller, type Role } from './caller.ts';

/** Who may do what: the table of roles, in one place for commands and queries alike. */
const permissions = {
  'book.write': ['receiving-officer'],
  'book.close': ['receiving-officer'],
  'entry.write': ['receiving-officer'],
  'entry.revoke': ['certifier'],
  'copy.sign': ['certifier', 'clerk'],
  'proposal.settle': ['receiving-officer', 'certifier'],
  'signature.write': ['certifier'],
  'seal.write': ['clerk'],
  'mandate.write': ['clerk'],
  'dossier.write': ['receiving-officer'],
  'register.read': ['receiving-officer', 'certifier', 'clerk', 'auditor'],
  'report.sum': ['auditor'],
  'register.print': ['receiving-officer', 'certifier', 'clerk', 'auditor'],
  'form.read': ['receiving-officer', 'certifier', 'clerk', 'auditor', 'operator'],
  'history.read': ['receiving-officer', 'certifier', 'clerk', 'auditor'],
  'feed.read': ['auditor'],
  'access.read': ['auditor'],
  'audit.read': ['receiving-officer', 'certifier', 'clerk', 'auditor', 'operator'],
  'audit.seal': ['auditor', 'operator'],
  'audit.bundle': ['auditor'],
  'projections.read': ['operator'],
  'projections.write': ['operator'],
  'webhook.read': ['operator'],
  'webhook.write': ['operator'],
  'agency.write': ['operator'],
  'agency.read': ['receiving-officer', 'certifier', 'clerk', 'auditor', 'operator'],
  'agency.history': ['receiving-officer', 'certifier', 'clerk', 'auditor', 'operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** What is asked of no agency in particular: the directory (code, name, level, successor), forms and tariffs are for everyone. */
const unbound: readonly Permission[] = ['agency.read', 'form.read'];

/** What the people of a successor may do in the agency it has taken over from; the domain says how much of it. */
const inherited: readonly Permission[] = [
  'register.read',
  'register.print',
  'history.read',
  'agency.history',
  'book.write',
  'book.close',
  'entry.write',
  'entry.revoke',
  'dossier.write',
  'proposal.settle',
];

export const passesToSuccessor = (permission: Permission): boolean =>
  inherited.includes(permission);

/** Roles whose grant may span agencies: every other role acts in its own only. */
const spanning: readonly Role[] = ['auditor', 'operator'];

const covers = (caller: Caller, role: Role, agency: string): boolean =>
  caller.agencies.includes(agency) ||
  (spanning.includes(role) && caller.agencies.includes(EVERY_AGENCY));

/** The role in which the caller may do this for the agency; undefined when none of his roles allows it. */
export function roleFor(
  caller: Caller,
  permission: Permission,
  agency: string | undefined,
): Role | undefined {
  const allowed: readonly Role[] = permissions[permission];
  const anywhere = agency === undefined || unbound.includes(permission);
  return caller.roles.find(
    (role) => allowed.includes(role) && (anywhere || covers(caller, role, agency)),
  );
}
