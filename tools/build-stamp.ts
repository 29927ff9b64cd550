import { rmSync, writeFileSync } from 'node:fs'
import { BUNDLE_STAMP, isCurrent, PAGES_STAMP } from '@/server/source-hash.mjs'
import { isBundled } from './bundle'

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
