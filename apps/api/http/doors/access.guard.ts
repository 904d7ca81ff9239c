import { SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  EVERY_AGENCY,
  isAgencyCode,
  passesToSuccessor,
  roleFor,
  Unauthenticated,
  type Caller,
  type Permission,
  type Verifier,
} from '#access';
import type { AgencyGate } from '#commands';
import { ApiProblem } from '../problems/api-problems.ts';
import type { ApiRequest } from '../request.ts';
import { bearerIn } from './bearer.ts';

const RULE = 'access-rule';

/** What a caller needs to be allowed for this route. Every route names its rule. */
export const Requires = (permission: Permission) => SetMetadata(RULE, permission);
/** A route anyone may call. */
export const Anyone = () => SetMetadata(RULE, 'anyone');

const reflector = new Reflector();

/** The rule of the route, and the request. @throws Error for a route without one */
function ruleOf(context: ExecutionContext): [Permission | 'anyone', ApiRequest] {
  const rule = reflector.get<Permission | 'anyone' | undefined>(RULE, context.getHandler());
  const request = context.switchToHttp().getRequest<ApiRequest>();
  if (rule === undefined) throw new Error(`${request.path} has no access rule`);
  return [rule, request];
}

/** Finds out who is calling, where the route is not for anyone. What they may do is asked next, what they ask counts already. */
export class CallerGuard implements CanActivate {
  constructor(private readonly verify: Verifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const [rule, request] = ruleOf(context);
    if (rule === 'anyone') return true;
    const token = bearerIn(request);
    if (token === undefined) throw new Unauthenticated('no bearer token');
    request.caller = await this.verify(token);
    return true;
  }
}

/** Lets a known caller through in the role that allows it, and records which that is. */
export class AccessGuard implements CanActivate {
  constructor(private readonly gate: Pick<AgencyGate, 'heirs'>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const [rule, request] = ruleOf(context);
    if (rule === 'anyone') return true;
    const { caller } = request;
    if (!caller) throw new Error(`${request.path}: nobody has found out who is calling`);
    const agency = agencyOf(request);
    const role = roleFor(caller, rule, agency);
    // Who belongs to this agency only can be of no successor of it.
    const own = role !== undefined && caller.agencies.length === 1;
    const heir = own ? undefined : await this.successor(caller, rule, agency);
    const actor = heir ?? (role && actorOf(caller, role, agency));
    if (actor === undefined) throw new ApiProblem('FORBIDDEN', {});
    request.actor = actor;
    return true;
  }

  /**
   * The caller as one of the agency that has taken over this one's registers. Who has is read from
   * the log, where it stands as soon as it is decided, and only for callers it may make a difference to.
   */
  private async successor(caller: Caller, rule: Permission, agency: string | undefined) {
    const heirs =
      agency !== undefined && passesToSuccessor(rule) ? await this.gate.heirs(agency) : [];
    // The last of them acts; those before it have ended too, and read.
    for (const heir of [...heirs].reverse()) {
      const role = roleFor(caller, rule, heir);
      if (role !== undefined) return actorOf(caller, role, heir);
    }
    return undefined;
  }
}

function actorOf(caller: Caller, role: string, agency: string | undefined) {
  const { account, name, via, agencies } = caller;
  // Where no agency is named, what is looked at is of all the caller has.
  const all = agencies.find((one) => one === EVERY_AGENCY) ?? agencies[0] ?? '';
  const own = agency ?? all;
  return { account, name, role, agency: own, ...(via !== undefined && { via }) };
}

function agencyOf(request: ApiRequest): string | undefined {
  const { agency } = request.params;
  if (agency === undefined) return undefined;
  if (!isAgencyCode(agency)) throw new ApiProblem('NOT_FOUND', {});
  return agency;
}
