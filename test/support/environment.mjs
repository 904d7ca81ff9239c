import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

const require = createRequire(import.meta.url);

/**
 * Node's environment, with what Jest cannot load by itself: `@nestjs/throttler` is CommonJS that
 * requires an ES module (Nest), which Node can do and Jest cannot before Node 24.9.
 */
export default class Environment extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.defineProperty(this.global, 'nestThrottler', {
      get: () => require('@nestjs/throttler'),
    });
  }
}
