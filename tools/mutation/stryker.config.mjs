const REPORTS = `.test/mutation/${process.env.MUTATED_MODULE}`

export default {
  testRunner: 'vitest',
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // The files of a run share a process, in which the constants of a module are computed once, unchanged.
  ignoreStatic: true,
  ignorePatterns: ['.next', '.test', '.data', '.ux', '.emails', 'dist', 'docs/images', 'bench'],
  tempDirName: '.test/mutation/sandbox',
  // TypeScript 7 has no compiler API for the paths in this file, and no path in it has to change.
  tsconfigFile: 'none',
  // The tests of one process use the processor and a PostgreSQL server fully.
  concurrency: 1,
  // A test that waits for the database on a loaded machine must not count as an endless loop.
  timeoutMS: 30_000,
  timeoutFactor: 3,
  dryRunTimeoutMinutes: 20,
  incremental: true,
  incrementalFile: `${REPORTS}.incremental.json`,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: `${REPORTS}.json` },
  clearTextReporter: { logTests: false, allowColor: false },
  thresholds: { high: 95, low: 90, break: 85 },
}
