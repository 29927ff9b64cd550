import { rmSync, writeFileSync } from 'node:fs'
import { BUILD_STAMP, isBuildCurrent } from '@/server/source-hash.mjs'
import { isBundled } from './bundle'

/** Whether .next/ and dist/ are complete and were built from the sources as they are now. */
export const isBuilt = () => isBundled() && isBuildCurrent()

/** Marks the build as incomplete until `recordBuild`. */
export function invalidateBuild(): void {
  for (const file of [BUILD_STAMP, '.next/BUILD_ID']) rmSync(file, { force: true })
}

/** Marks the build as complete, with the hash of its sources. */
export const recordBuild = (sourceHash: string) => writeFileSync(BUILD_STAMP, sourceHash)
