import type * as Throttler from '@nestjs/throttler';

/** `@nestjs/throttler` as the test environment has loaded it for Jest, see `environment.mjs`. */
const { nestThrottler } = globalThis as unknown as { nestThrottler: typeof Throttler };

export const { seconds, ThrottlerGuard, ThrottlerStorageService } = nestThrottler;
