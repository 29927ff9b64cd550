import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { BUNDLE_STAMP, isCurrent, PAGES_STAMP } from '@/server/source-hash.mjs'

/** The folder of the compiled processes and commands. */
export const COMPILED = 'dist'

/** What is compiled to it. */
export const ENTRIES = [
  'server/web.ts',
  'server/worker.ts',
  'server/migrate.ts',
  'cli/account.ts',
  'cli/activity.ts',
  'cli/audit.ts',
  'cli/keys.ts',
  'cli/messages.ts',
  'cli/person.ts',
  'cli/restored.ts',
  'cli/staff.ts',
  'lib/accounts/strength-thread.ts',
  'tools/launcher/start.ts',
]

const isBundled = () =>
  ENTRIES.every((entry) => existsSync(`${COMPILED}/${entry.replace(/^.*\/(.*)\.ts$/, '$1')}.js`))

/** Whether dist/ is complete and was compiled from the sources as they are now. */
export const isBundleCurrent = () => isBundled() && isCurrent(BUNDLE_STAMP)

/** Whether dist/ and .next/ are complete and were built from the sources as they are now. */
export const isBuilt = () => isBundleCurrent() && isCurrent(PAGES_STAMP)

/** Marks the build of the pages as incomplete until `recordPages`. */
export function invalidatePages(): void {
  for (const file of [PAGES_STAMP, '.next/BUILD_ID']) rmSync(file, { force: true })
}

/** Marks the build of the pages as complete, with the hash of its sources. */
export const recordPages = (sourceHash: string) => writeFileSync(PAGES_STAMP, sourceHash)
