import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** The fields of a stat file after the name, which may hold spaces. The first one is the state. */
const fieldsOf = (file: string) =>
  readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')

/** Milliseconds of the fields from..to of a stat file. 11 is utime, 12 stime, 13 cutime, 14 cstime. */
function sumMs(file: string, from: number, to: number) {
  const ticks = fieldsOf(file).slice(from, to + 1)
  return (ticks.reduce((sum, value) => sum + Number(value), 0) / TICKS_PER_SECOND) * 1_000
}

/** CPU time of a process with all its threads, user and system, in milliseconds. Linux only. */
export const cpuMsOf = (pid: number | string): number => sumMs(`/proc/${pid}/stat`, 11, 12)

/** CPU time of the first thread of a process, which runs the JavaScript, in milliseconds. */
export const mainThreadMsOf = (pid: number): number =>
  sumMs(`/proc/${pid}/task/${pid}/stat`, 11, 12)

/**
 * CPU time of a process and of every process that it started, ended ones included, in milliseconds.
 */
export function cpuMsOfFamily(pid: number): number {
  return childrenOf(pid).reduce(
    (sum, child) => sum + cpuMsWhileRunning(child),
    sumMs(`/proc/${pid}/stat`, 11, 14),
  )
}

/** 0 for a process that has ended since it was listed. The next reading counts it at its parent. */
function cpuMsWhileRunning(pid: string) {
  try {
    return cpuMsOf(pid)
  } catch {
    return 0
  }
}

function childrenOf(pid: number) {
  return readdirSync('/proc').filter((entry) => {
    try {
      return /^\d+$/.test(entry) && fieldsOf(`/proc/${entry}/stat`)[1] === String(pid)
    } catch {
      return false
    }
  })
}
