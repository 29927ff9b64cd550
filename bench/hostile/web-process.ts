import { readdirSync, readFileSync } from 'node:fs'
import { cpuMsOf } from '@/bench/support/process-cpu'

const PAGE_BYTES = 4_096

/** The process that serves the pages on a port: its CPU time in milliseconds, and its memory in MB. */
export type WebProcess = { cpuMs(): number; residentMb(): number }

export function findWebProcess(port: string): WebProcess {
  const pid = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && servesPages(entry, port))
  if (!pid) throw new Error(`no process serves port ${port}`)
  return {
    cpuMs: () => cpuMsOf(pid),
    residentMb: () =>
      (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES) / 2 ** 20,
  }
}

function servesPages(pid: string, port: string) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    return command.includes('web') && environment.includes(`PORT=${port}`)
  } catch {
    return false
  }
}
