import { isBuilt } from '@/tools/build-stamp'
import { bundle } from '@/tools/bundle'

/** Compiles the processes and commands that tests start, as `npm run build` does; a build that is up to date is kept. */
export default async function setUp() {
  if (!isBuilt()) await bundle()
}
