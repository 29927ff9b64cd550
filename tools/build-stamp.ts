import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const STAMP = '.next/sources.sha256'
const SOURCES = [
  'app',
  'components',
  'emails',
  'lib',
  'messages',
  'public',
  'prisma/schema.prisma',
  'package-lock.json',
]
const AT_THE_TOP =
  /^(proxy|instrumentation|next\.config|postcss\.config|tailwind\.config|tsconfig)\b.*\.(ts|mjs|json)$/

/** Whether the build in .next was made from the sources as they are now. */
export const isBuilt = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashSources()

/** Records the sources that the build in .next was made from. */
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
