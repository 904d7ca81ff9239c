import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { throwError, timeout, type Observable } from 'rxjs';
import { ApiProblem } from './api-problems.ts';

/** Longer than any command or query takes; a store that hangs must not hold its callers for ever. */
const PATIENCE_MS = 30_000;

/** Answers 503 when a handler takes too long. What became of a command is then unknown: it may be repeated. */
export class TimeoutInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const late = () => throwError(() => new ApiProblem('UNAVAILABLE', {}));
    return next.handle().pipe(timeout({ each: PATIENCE_MS, with: late }));
  }
}
