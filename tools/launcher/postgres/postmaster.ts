import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { codeOf } from '@/lib/platform/command'

const PORT_LINE = 3
const STATUS_LINE = 7

type Postmaster = { pid: number; port: number; isReady: boolean }

/**
 * The running PostgreSQL of a data folder, or undefined. A lock file whose process is another program's counts for nothing.
 * Only one that is ready has its port for itself: until then, whoever answers there may be another.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  const lines = readLock(data)
  const pid = Number(lines[0])
  if (!pid || !works(pid, data)) return undefined
  return { pid, port: Number(lines[PORT_LINE]), isReady: lines[STATUS_LINE]?.trim() === 'ready' }
}

/** The process number in a lock file that another program now bears, after a PostgreSQL that could not clean up. */
export function findImpostor(data: string): number | undefined {
  const pid = Number(readLock(data)[0])
  return pid && isAlive(pid) && !works(pid, data) ? pid : undefined
}

function readLock(data: string) {
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

// PostgreSQL works inside its data folder; where there is no /proc, its command line names the folder.
function works(pid: number, data: string) {
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
