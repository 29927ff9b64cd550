import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { codeOf } from '@/lib/platform/command'

const PORT_LINE = 3
const STATUS_LINE = 7

type Postmaster = { pid: number; port: number; isReady: boolean }

/**
 * Finds the running PostgreSQL of a data folder. Returns undefined when there is none, also when
 * the process id in the lock file now belongs to another program. Until `isReady`, another server
 * may be listening on `port`.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  const lines = readLockFile(data)
  const pid = Number(lines[0])
  if (!pid || !runsIn(pid, data)) return undefined
  return { pid, port: Number(lines[PORT_LINE]), isReady: lines[STATUS_LINE]?.trim() === 'ready' }
}

/**
 * Returns the process id in the lock file when PostgreSQL was killed and another program now has
 * that id.
 */
export function findStalePid(data: string): number | undefined {
  const pid = Number(readLockFile(data)[0])
  return pid && isAlive(pid) && !runsIn(pid, data) ? pid : undefined
}

function readLockFile(data: string) {
  try {
    return readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

// The working directory of PostgreSQL is its data folder. Where there is no /proc, its command line
// names the folder.
function runsIn(pid: number, data: string) {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
    }).stdout.includes(data)
  } catch {
    return false
  }
}
