import './runtime.mjs';
import { swcOptions } from './test/support/swc.mjs';

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  globalSetup: '<rootDir>/test/support/compile-all.mjs',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // Tests wait for conditions; how long that takes is a matter of who else uses the machine.
  testTimeout: 60_000,
  // Much of a test is waiting: for a place in the log, a thread, a process.
  maxWorkers: 2,
  // Their processes are made anew when they have grown: a context that is left keeps much.
  workerIdleMemoryLimit: '1500MB',
  moduleNameMapper: { '^@nestjs/throttler$': '<rootDir>/test/support/throttler.ts' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', swcOptions],
  },
};
