import { formatNumber, formatTable } from '@/bench/support/figures'
import type { StartFigures, StartName } from './measure'

/** Milliseconds until a process is ready. */
const GOALS: Partial<Record<StartName, number>> = { web: 1_000, worker: 700 }

const NAMES = { web: 'web', worker: 'worker', node: 'Node alone' } as const

/** Formats the figures as Markdown. */
export function formatStartReport({ machine, rounds, starts, firstPageMs }: StartFigures): string {
  const { date, cpu, cores, memoryGiB, system, node, postgresql, loadAtStart } = machine
  const rowOf = (name: StartName) => {
    const { readyMs, ready, settled } = starts[name]
    const goal = GOALS[name]
    return [
      NAMES[name],
      formatNumber(readyMs),
      formatNumber(ready.cpuMs),
      name === 'node' ? '' : formatNumber(settled.cpuMs),
      formatNumber(ready.mib),
      name === 'node' ? '' : formatNumber(settled.mib),
      goal ? `${formatNumber(goal)}: ${readyMs <= goal ? 'met' : '**missed**'}` : '',
    ]
  }
  return `# Start of the processes

Written by \`npm run bench -- start\`. The figures as numbers: [start.json](start.json).

${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · PostgreSQL ${postgresql} ·
load average ${formatNumber(loadAtStart, 2)} before.

The production build, started as a supervisor does, until the process reports that it is ready. Medians of
${rounds} starts of each, in turn. Nobody uses it in the 10 s after. Processor: user and system, of all threads.

${formatTable(
  [
    'process',
    'ready after, ms',
    'processor, ms',
    'processor 10 s later, ms',
    'RSS, MiB',
    'RSS 10 s later, MiB',
    'goal for ready, ms',
  ],
  [rowOf('web'), rowOf('worker'), rowOf('node')],
)}

In ${rounds} other starts of web, a client asks for /login as soon as web is ready. It has the page
${formatNumber(firstPageMs)} ms after the start.
`
}
