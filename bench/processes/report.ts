import { formatNumber, formatTable, median } from '@/bench/support/figures'
import type { ProcessesFigures } from './measure'

const GOALS = { perSecond: 1.2, perCpuSecond: 0.9 } as const

/** Formats the figures as Markdown. */
export function formatProcessesReport({ machine, seconds, measured, loadAtEnd }: ProcessesFigures) {
  const rows = measured.map(({ flow, processes, perSecond, perCpuSecond, ...more }) => [
    `${flow}, ${processes === 1 ? 'one process' : `${processes} processes`}`,
    formatNumber(median(perSecond)),
    formatNumber(median(perCpuSecond)),
    formatNumber(more.p95Ms, 1),
    formatNumber(more.postgresMs, 2),
    formatNumber(more.driverShare * 100),
    perSecond.map((rate) => formatNumber(rate)).join(', '),
  ])
  const ratio = (flow: string, name: keyof typeof GOALS) => {
    const of = (processes: number) =>
      median(measured.find((one) => one.flow === flow && one.processes === processes)?.[name] ?? [])
    return of(2) / of(1)
  }
  const verdicts = [...new Set(measured.map(({ flow }) => flow))].map((flow) => [
    flow,
    ...(['perSecond', 'perCpuSecond'] as const).map((name) => {
      const value = ratio(flow, name)
      return `${formatNumber(value, 2)}, ${value >= GOALS[name] ? 'met' : '**missed**'}`
    }),
  ])
  const { date, cpu, cores, memoryGiB, system, node, postgresql } = machine
  return `# Two web processes behind one port, beside one

Written by \`npm run bench -- processes\`. The figures as numbers: [processes.json](processes.json).

${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · PostgreSQL ${postgresql}, fsync ${machine.fsync},
synchronous_commit ${machine.synchronousCommit} · load average ${formatNumber(machine.loadAtStart, 2)} before, ${formatNumber(loadAtEnd, 2)} at the end.

Browsers without JavaScript, as in [web.md](web.md), on as many connections, in rounds of ${seconds} s that alternate. Web, PostgreSQL
and the driver share the cores. CPU of web is that of all its processes, the one that hands out the connections included.

${formatTable(
  [
    '',
    'visits/s',
    'visits per CPU second of web',
    'p95, ms',
    'PostgreSQL, ms',
    'driver, % of a core',
    'visits/s of each round',
  ],
  rows,
)}

${formatTable(['two processes to one', `visits/s (goal ≥ ${GOALS.perSecond})`, `visits per CPU second of web (goal ≥ ${GOALS.perCpuSecond})`], verdicts)}
`
}
