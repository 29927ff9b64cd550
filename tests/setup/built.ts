import { execFileSync } from 'node:child_process'
import { isBuilt } from '@/tools/build-stamp'

/** Builds once, unless it is current: two products that start at the same time cannot both build. */
export default function setUp() {
  if (!isBuilt()) execFileSync(process.execPath, ['tools/run.mjs', 'build'], { stdio: 'ignore' })
}
