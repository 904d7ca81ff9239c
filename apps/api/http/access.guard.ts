import { SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  isAgencyCode,
  roleFor,
  Unauthenticated,
  type Caller,
  type Permission,
  type Verifier,
} from '#access';
import { ApiProblem } from './api-problems.ts';
import type { ApiRequest } from './request.ts';

const RULE = 'access-rule';

/** What a caller needs to be allowed for this route. Every route names its rule. */
export const Requires = (permission: Permission) => SetMetadata(RULE, permission);
/** A route anyone may call. */
export const Anyone = () => SetMetadata(RULE, 'anyone');

/** Lets a request through in the role that allows it, and records who it is. */
export class AccessGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly verify: Verifier) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<Permission | 'anyone' | undefined>(RULE, context.getHandler());
    if (rule === 'anyone') return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    if (rule === undefined) throw new Error(`${request.path} has no access rule`);
    const caller = await this.verify(bearerOf(request));
    request.caller = caller;
    const agency = agencyOf(request);
    const role = roleFor(caller, rule, agency);
    if (role === undefined) throw new ApiProblem('FORBIDDEN', {});
    request.actor = actorOf(caller, role, agency);
    return true;
  }
}

function actorOf(caller: Caller, role: string, agency: string | undefined) {
  const { account, name, via } = caller;
  const own = agency ?? caller.agencies[0] ?? '';
  return { account, name, role, agency: own, ...(via !== undefined && { via }) };
}

function bearerOf(request: ApiRequest): string {
  const match = /^Bearer +([\w~+/.=-]+)$/i.exec(request.header('Authorization') ?? '');
  if (!match?.[1]) throw new Unauthenticated('no bearer token');
  return match[1];
}

function agencyOf(request: ApiRequest): string | undefined {
  const { agency } = request.params;
  if (agency === undefined) return undefined;
  if (!isAgencyCode(agency)) throw new ApiProblem('NOT_FOUND', {});
  return agency;
}
