import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { Order } from './tests/setup/order.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

/**
 * A process of tests ends before most of what V8 optimises has run often enough to gain from it: V8
 * waits longer before it optimises. Only the V8 of Node 20 has the first flag, and a process refuses one
 * that it does not know. The second flag is explained in server/prepare.mjs.
 */
const FOR_SHORT_RUNS = [
  ...(process.versions.node.startsWith('20.') ? ['--interrupt-budget=600000'] : []),
  '--wasm-tiering-budget=100000000',
]

const kind = (name: string, folders: string[], options: object) => ({
  extends: true as const,
  test: {
    name,
    include: folders.map((folder) => `tests/${folder}/**/*.test.{ts,tsx}`),
    execArgv: FOR_SHORT_RUNS,
    ...options,
  },
})

const WITH_QUICK_HASHES = {
  execArgv: [...FOR_SHORT_RUNS, '--import', `${root}tests/support/quick-hash.mjs`],
}

const ON_DATABASE = {
  ...WITH_QUICK_HASHES,
  globalSetup: ['tests/setup/compiled.ts', 'tests/setup/database.ts'],
  setupFiles: ['tests/setup/quiet.ts', 'tests/setup/clone.ts'],
  testTimeout: 20_000,
  hookTimeout: 30_000,
}

const ON_PRODUCT = {
  setupFiles: 'tests/setup/quiet.ts',
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  resolve: {
    alias: [
      { find: 'server-only', replacement: `${root}node_modules/server-only/empty.js` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    pool: 'forks',
    // Some tests wait more than they work: for a lease that runs out, for a page of a browser.
    maxWorkers: 4,
    sequence: { sequencer: Order },
    // next-auth imports `next/server` without its extension, which Node's own loader refuses.
    server: { deps: { inline: ['next-auth', '@auth/core'] } },
    projects: [
      kind('unit', ['unit'], {
        globalSetup: 'tests/setup/compiled.ts',
        setupFiles: ['tests/setup/quiet.ts', 'tests/setup/environment.ts'],
        testTimeout: 20_000,
        isolate: false,
      }),
      // Its files share the processes, as those of "unit": a module is loaded once for many of them.
      kind('domain', ['domain'], { ...ON_DATABASE, isolate: false }),
      // Each file has a database of its own, whose settings and tables it may change, and a new environment.
      kind('faults', ['faults', 'migrations'], {
        ...ON_DATABASE,
        setupFiles: ['tests/setup/quiet.ts', 'tests/setup/renewed.ts'],
        isolate: false,
      }),
      kind('product', ['http', 'browser'], {
        ...ON_PRODUCT,
        globalSetup: 'tests/setup/product.ts',
        setupFiles: ['tests/setup/quiet.ts', 'tests/setup/browser.ts'],
        isolate: false,
        // The parts of clock.test.ts, which share one product.
        exclude: ['tests/browser/clock/**'],
      }),
      kind('attacks', ['attacks'], { ...ON_PRODUCT, globalSetup: 'tests/setup/built.ts' }),
      // One product under load, whose parts break one after another.
      kind('load', ['load'], { ...ON_PRODUCT, globalSetup: 'tests/setup/built.ts' }),
      // They need packages of the system, and are no part of "npm test".
      kind('system', ['system'], {
        ...ON_DATABASE,
        ...ON_PRODUCT,
        setupFiles: ON_DATABASE.setupFiles,
        globalSetup: ['tests/setup/built.ts', 'tests/setup/database.ts'],
        hookTimeout: 240_000,
      }),
    ],
  },
})
