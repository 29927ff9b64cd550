import { formatNumber, formatTable } from '@/bench/support/figures'
import type { MemoryFigures } from './measure'

const GOAL_PERCENT = 10

/** Formats the figures as Markdown. */
export function formatMemoryReport(figures: MemoryFigures): string {
  const { machine, requests, atStartMiB, afterPartsMiB, loadAtEnd } = figures
  const { date, cpu, cores, memoryGiB, system, node, postgresql } = machine
  const [first = Number.NaN] = afterPartsMiB
  const last = afterPartsMiB.at(-1) ?? Number.NaN
  const percent = (100 * (last - first)) / first
  return `# Memory of a web process over 100 000 requests

Written by \`npm run bench -- memory\`. The figures as numbers: [memory.json](memory.json).

${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · PostgreSQL ${postgresql} ·
load average ${formatNumber(machine.loadAtStart, 2)} before, ${formatNumber(loadAtEnd, 2)} at the end.

Browsers without JavaScript on 16 connections open the profile and the page of the code, ask for codes, enter wrong ones, and log in,
with known and unknown accounts. Resident memory (VmRSS): ${formatNumber(atStartMiB)} MiB after the start; then:

${formatTable(
  ['requests', 'MiB', 'to the first'],
  afterPartsMiB.map((mib, part) => [
    formatNumber((part + 1) * requests),
    formatNumber(mib),
    `${formatNumber((100 * (mib - first)) / first, 1)} %`,
  ]),
)}

After all requests to after the first ${formatNumber(requests)}: ${formatNumber(percent, 1)} %. Goal: at most ${GOAL_PERCENT} % more: ${percent <= GOAL_PERCENT ? 'met' : '**missed**'}.
`
}
