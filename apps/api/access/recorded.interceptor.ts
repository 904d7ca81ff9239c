import {
  applyDecorators,
  Inject,
  Injectable,
  mixin,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { tap, type Observable } from 'rxjs';
import type { AccessKind, AccessLog } from '#audit';
import type { Clock } from '#config';
import type { ApiRequest } from '../http/request.ts';
import { ACCESS_LOG, CLOCK } from '../injected.ts';

const LONGEST_TARGET = 2000;
const LONGEST_AGENT = 256;

interface Recording {
  readonly log: AccessLog;
  readonly clock: Clock;
}

/** Notes who was shown what. */
function record({ log, clock }: Recording, kind: AccessKind, request: ApiRequest): void {
  const { actor, correlationId, originalUrl, ip = '' } = request;
  if (!actor) return;
  const { account, name, role, via = null } = actor;
  log.record({
    at: clock.now().toISOString(),
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

/** Records, once the answer is made. Only routes that show personal data have it: the others pay nothing. */
function recording(kind: AccessKind) {
  @Injectable()
  class RecordedInterceptor implements NestInterceptor {
    constructor(
      @Inject(ACCESS_LOG) readonly log: AccessLog,
      @Inject(CLOCK) readonly clock: Clock,
    ) {}

    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      const request = context.switchToHttp().getRequest<ApiRequest>();
      return next.handle().pipe(tap({ complete: () => record(this, kind, request) }));
    }
  }
  return mixin(RecordedInterceptor);
}

/** A route that shows personal data: who was answered is recorded. */
export const Recorded = (kind: AccessKind) => applyDecorators(UseInterceptors(recording(kind)));
