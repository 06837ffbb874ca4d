/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  rootDir: '.',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {},
  testRunner: './test/support/native-runner.js',
  globalSetup: './test/support/global-setup.ts',
  globalTeardown: './test/support/global-teardown.ts',
  reporters: ['default', './test/support/closing-line-reporter.js'],
  // Tests wait for timers and other processes much of their time, so two cores have room for six.
  maxWorkers: 6,
  testSequencer: './test/support/longest-first-sequencer.js',
  // What a test file has loaded is never given back, and a new process compiles all of it anew: only one that has grown
  // far beyond what it needs is ended.
  workerIdleMemoryLimit: '2GB',
  // A worker that has loaded the product and much more takes longer than half a second to end on a busy machine, and
  // Jest would call that a leak. One that really keeps its process is told all the same.
  workerGracefulExitTimeout: 10_000,
  // Only a test that hangs meets it: a machine may be busy, and how fast something is is not shown by a test.
  testTimeout: 600_000,
  forceExit: false,
};
