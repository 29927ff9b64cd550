// The hash of a build's sources. Plain JavaScript, because server/run.mjs has no TypeScript loader.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The files in which a build records the hash of its sources: that of dist/ and that of .next/. */
export const BUNDLE_STAMP = 'dist/sources.sha256'
export const PAGES_STAMP = '.next/sources.sha256'
const SOURCES = [
  'app',
  'cli',
  'components',
  'emails',
  'lib',
  'messages',
  'public',
  'prisma/schema.prisma',
  'prisma/seed.ts',
  'server',
  'tools/build-stamp.ts',
  'tools/build.ts',
  'tools/bundle.ts',
  'tools/launcher',
  'tools/migrations/files.ts',
  'tools/prisma-client.ts',
  'package-lock.json',
]
const ROOT_FILES =
  /^(instrumentation|next\.config|postcss\.config|tailwind\.config|tsconfig)\b.*\.(ts|mjs|json)$/

/**
 * Whether a build was made by this version of Node from the sources as they are now.
 * @param {string} stamp
 */
export const isCurrent = (stamp) =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources()

/**
 * The name of a build towards browsers: a page of another build is loaded anew instead of being
 * patched.
 * @param {string} sourceHash
 */
export const deploymentId = (sourceHash) => sourceHash.slice(0, 16)

/** Hashes the paths and contents of all files that a build reads, and the version of Node. */
export function hashSources() {
  const hash = createHash('sha256').update(process.version)
  const rootFiles = readdirSync('.').filter((name) => ROOT_FILES.test(name))
  for (const file of [...SOURCES, ...rootFiles].flatMap(listFiles))
    hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

/**
 * @param {string} entry
 * @returns {string[]}
 */
function listFiles(entry) {
  if (!existsSync(entry)) return []
  if (path.extname(entry)) return [entry]
  return readdirSync(entry, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => path.join(found.parentPath, found.name))
    .sort()
}
