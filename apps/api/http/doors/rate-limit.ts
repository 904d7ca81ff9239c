import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { ThrottlerStorageService } from '@nestjs/throttler';
import { seconds, ThrottlerGuard } from '@nestjs/throttler';
import type { Config } from '#config';
import { ApiProblem } from '../problems/api-problems.ts';
import type { ApiRequest } from '../request.ts';

const WINDOW_SECONDS = 60;

/**
 * So many requests a minute for each account, over all routes, counted in this process. It stands
 * before what asks whether the account may: what it is refused counts too. Who has no account is
 * counted by address (`refused.ts`).
 */
export class RateLimitGuard extends ThrottlerGuard {
  private readonly off: boolean;

  constructor({ RATE_LIMIT }: Config, storage: ThrottlerStorageService) {
    const throttlers = [{ ttl: seconds(WINDOW_SECONDS), limit: RATE_LIMIT }];
    const options = {
      throttlers,
      getTracker: (request: object) => String((request as ApiRequest).caller?.account),
      generateKey: (_context: unknown, account: string) => account,
    };
    super(options, storage, new Reflector());
    this.off = RATE_LIMIT === 0;
  }

  /** Asked before anything is looked up. */
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    const { caller } = context.switchToHttp().getRequest<ApiRequest>();
    return Promise.resolve(this.off || caller === undefined);
  }

  protected override throwThrottlingException(): Promise<void> {
    return Promise.reject(new ApiProblem('TOO_MANY_REQUESTS', {}));
  }
}
