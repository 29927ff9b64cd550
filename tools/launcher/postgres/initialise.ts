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
import { cliError, codeOf } from '@/lib/platform/command'
import { isRoot, postgresPrograms } from './binaries'

const NOBODY_ID = 65_534

type Owner = { uid: number; gid: number }

/** The data folder of PostgreSQL in DATA_DIR. */
export const dataFolder = (dataDir: string) => path.join(dataDir, 'postgres', 'data')

/**
 * The path by which a program finds the folder that it is started in. As root on Linux this is
 * /proc/self/cwd: the kernel changes to the folder before it changes the user, so `nobody` reaches
 * a folder whose parents it may not enter.
 */
export const workingDirectoryOf = (folder: string) =>
  isRoot && process.platform === 'linux' ? '/proc/self/cwd' : folder

/**
 * The user that PostgreSQL runs as when this process is root, which PostgreSQL refuses: the owner
 * of the data, at first `nobody`.
 */
export function postgresOwner(data?: string): Owner | undefined {
  if (!isRoot) return undefined
  if (data && existsSync(data)) return statSync(data)
  const [, , uid, gid] =
    readFileSync('/etc/passwd', 'utf8')
      .match(/^nobody:.*$/m)?.[0]
      .split(':') ?? []
  return { uid: Number(uid ?? NOBODY_ID), gid: Number(gid ?? NOBODY_ID) }
}

/**
 * Creates the data folder with initdb unless it exists. It is created under a temporary name and
 * renamed, so that a failure or a second process never leaves half of it. Throws when initdb fails
 * or the folder belongs to another user.
 */
export function initialiseData(
  dataDir: string,
  login: { user: string; password: string },
  isDurable: boolean,
) {
  const home = path.dirname(dataFolder(dataDir))
  if (existsSync(home)) return checkReadable(home)
  const draft = `${home}.${process.pid}`
  const owner = postgresOwner()
  createDraft(draft, login.password, owner)
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
  if (status === 0) moveIntoPlace(draft, home)
  rmSync(draft, { recursive: true, force: true })
  if (status !== 0)
    throw cliError(
      `PostgreSQL could not create its data folder in ${dataDir}:\n${stderr || stdout}`,
    )
}

function createDraft(draft: string, password: string, owner: Owner | undefined) {
  const passwordFile = path.join(draft, 'password')
  mkdirSync(path.join(draft, 'data'), { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner)
    for (const entry of [draft, path.join(draft, 'data'), passwordFile])
      chownSync(entry, owner.uid, owner.gid)
}

// The built-in locale sorts and changes case in the same way on every machine.
function initArguments(draft: string, user: string, isDurable: boolean) {
  const data = workingDirectoryOf(path.join(draft, 'data'))
  const locale = [
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--encoding=UTF8',
  ]
  const login = [`--username=${user}`, `--pwfile=${data}/../password`, '--auth=scram-sha-256']
  return [`--pgdata=${data}`, ...login, ...locale, ...(isDurable ? [] : ['--no-sync'])]
}

function moveIntoPlace(draft: string, home: string) {
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
    throw cliError(
      `${home} belongs to another user (${uid}). Start as that user, or choose another folder: DATA_DIR=/path/to/folder npm start`,
      error,
    )
  }
}
