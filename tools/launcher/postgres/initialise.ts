import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { codeOf, fault } from '@/lib/platform/command'
import { isRoot, postgresPrograms } from './binaries'

const NIL_UUID = 65_534

type Owner = { uid: number; gid: number }

/** Where PostgreSQL keeps its data within DATA_DIR. */
export const dataFolder = (dataDir: string) => path.join(dataDir, 'postgres', 'data')

/**
 * How PostgreSQL is told of the folder it is started in. The kernel enters that folder before it gives up root, so a
 * `nobody` that could not walk there by its path still reaches it by this name.
 */
export const here = (folder: string) =>
  isRoot && process.platform === 'linux' ? '/proc/self/cwd' : folder

/** Who PostgreSQL runs as: it refuses root, who starts it as the owner of the data, at first `nobody`. */
export function postgresOwner(data?: string): Owner | undefined {
  if (!isRoot) return undefined
  if (data && existsSync(data)) return statSync(data)
  const [, , uid, gid] =
    readFileSync('/etc/passwd', 'utf8')
      .match(/^nobody:.*$/m)?.[0]
      .split(':') ?? []
  return { uid: Number(uid ?? NIL_UUID), gid: Number(gid ?? NIL_UUID) }
}

/** Makes PostgreSQL's data folder when there is none: whole, or not at all, also when two processes try at once. */
export function initialiseData(
  dataDir: string,
  login: { user: string; password: string },
  isDurable: boolean,
) {
  const home = path.dirname(dataFolder(dataDir))
  if (existsSync(home)) return checkReadable(home)
  const draft = `${home}.${process.pid}`
  const owner = postgresOwner()
  prepare(draft, login.password, owner)
  const { status, stdout, stderr } = spawnSync(
    path.join(postgresPrograms(), 'initdb'),
    initArguments(draft, login.user, isDurable),
    {
      ...owner,
      cwd: path.join(draft, 'data'),
      env: { ...process.env, LC_ALL: 'C' },
      encoding: 'utf8',
    },
  )
  rmSync(path.join(draft, 'password'))
  if (status === 0) putInPlace(draft, home)
  rmSync(draft, { recursive: true, force: true })
  if (status !== 0)
    throw fault(`PostgreSQL could not make its data folder in ${dataDir}:\n${stderr || stdout}`)
}

function prepare(draft: string, password: string, owner: Owner | undefined) {
  const passwordFile = path.join(draft, 'password')
  mkdirSync(path.join(draft, 'data'), { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner)
    for (const entry of [draft, path.join(draft, 'data'), passwordFile])
      chownSync(entry, owner.uid, owner.gid)
}

// The built-in locale sorts and folds alike on every machine, whatever locales it has.
function initArguments(draft: string, user: string, isDurable: boolean) {
  const data = here(path.join(draft, 'data'))
  const locale = [
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--encoding=UTF8',
  ]
  const login = [`--username=${user}`, `--pwfile=${data}/../password`, '--auth=scram-sha-256']
  return [`--pgdata=${data}`, ...login, ...locale, ...(isDurable ? [] : ['--no-sync'])]
}

function putInPlace(draft: string, home: string) {
  try {
    renameSync(draft, home)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
  }
}

function checkReadable(home: string) {
  try {
    accessSync(path.join(home, 'data'), constants.R_OK | constants.X_OK)
  } catch (error) {
    const { uid } = statSync(home)
    throw fault(
      `${home} belongs to another user (${uid}). Start as that user, or choose another: DATA_DIR=/path/to/folder npm start`,
      error,
    )
  }
}
