import { isBundleCurrent } from '@/tools/build-stamp'
import { bundle } from '@/tools/bundle'

/** Compiles the processes and commands that tests start, unless dist/ is current. */
export default async function setUp() {
  if (!isBundleCurrent()) await bundle()
}
