import { readFileSync } from 'node:fs'

const KIB = 2 ** 10

/** The resident memory of a process (VmRSS), in MiB. Linux only. */
export function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / KIB
}
