import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The unit and domain tests as one project, for Stryker runs its tests in one process and one project. */
export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: 'server-only', replacement: `${root}node_modules/server-only/empty.js` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    include: (process.env.MUTATION_TESTS ?? '').split(','),
    globalSetup: ['tests/setup/compiled.ts', 'tests/setup/database.ts'],
    setupFiles: 'tests/setup/clone.ts',
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    server: { deps: { inline: ['next-auth', '@auth/core'] } },
  },
})
