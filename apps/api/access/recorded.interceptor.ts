import {
  applyDecorators,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { tap, type Observable } from 'rxjs';
import type { AccessKind, AccessLog } from '#audit';
import type { Clock } from '#config';
import type { ApiRequest } from '../http/request.ts';

const KIND = 'access-kind';
const LONGEST_TARGET = 2000;
const LONGEST_AGENT = 256;

/** A route that shows personal data: who was answered is recorded. */
export const Recorded = (kind: AccessKind) => applyDecorators(SetMetadata(KIND, kind));

/** Records who was shown register entries or images, once the answer is made. */
export class RecordedInterceptor implements NestInterceptor {
  private readonly reflector = new Reflector();

  constructor(
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const kind = this.reflector.get<AccessKind | undefined>(KIND, context.getHandler());
    if (kind === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<ApiRequest>();
    return next.handle().pipe(tap({ complete: () => this.record(kind, request) }));
  }

  private record(kind: AccessKind, request: ApiRequest): void {
    const { actor, correlationId, originalUrl, ip = '' } = request;
    if (!actor) return;
    const { account, name, role, via = null } = actor;
    this.log.record({
      at: this.clock.now().toISOString(),
      account,
      actor: name,
      role,
      via,
      agency: String(request.params['agency']),
      kind,
      target: originalUrl.slice(0, LONGEST_TARGET),
      address: ip,
      userAgent: (request.header('User-Agent') ?? '').slice(0, LONGEST_AGENT),
      correlationId,
    });
  }
}
