import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isBundled } from './bundle'

const STAMP = '.next/sources.sha256'
const SOURCES = [
  'app',
  'cli',
  'components',
  'emails',
  'lib',
  'messages',
  'public',
  'prisma/schema.prisma',
  'server',
  'tools/bundle.ts',
  'package-lock.json',
]
const AT_THE_TOP =
  /^(proxy|instrumentation|next\.config|postcss\.config|tailwind\.config|tsconfig)\b.*\.(ts|mjs|json)$/

/** Whether the build in .next and dist is whole, and was made from the sources as they are now. */
export const isBuilt = () =>
  existsSync(STAMP) && isBundled() && readFileSync(STAMP, 'utf8') === hashSources()

/** Makes of the build one that is not whole, until the next is recorded. */
export function forgetBuild(): void {
  for (const file of [STAMP, '.next/BUILD_ID']) rmSync(file, { force: true })
}

/** Records the sources that the build in .next and dist was made from. */
export const recordBuild = (sources: string) => writeFileSync(STAMP, sources)

/** One hash over everything that a build reads: paths and contents. */
export function hashSources(): string {
  const hash = createHash('sha256').update(process.version)
  const top = readdirSync('.').filter((name) => AT_THE_TOP.test(name))
  for (const file of [...SOURCES, ...top].flatMap(listFiles))
    hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

function listFiles(entry: string): string[] {
  if (!existsSync(entry)) return []
  if (path.extname(entry)) return [entry]
  return readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => path.join(found.parentPath, found.name))
    .sort()
}
