import { EMPTY_PAGE } from '@/bench/pages/measured-pages'
import { tbtRatioGoal } from '@/bench/pages/report'
import { formatNumber, formatTable } from '@/bench/support/figures'
import type { BlockingFigures } from './measure'

/** Formats the figures as Markdown. A ratio that misses its goal is bold. */
export function formatBlockingReport({
  machine,
  pages,
  loads,
  slowdown,
  loadAtEnd,
}: BlockingFigures) {
  const { date, cpu, cores, memoryGiB, system, node, chromium, loadAtStart } = machine
  const emptyMs = pages.find(({ name }) => name === EMPTY_PAGE)?.medianMs ?? Number.NaN
  const rows = pages.map((page) => {
    const { name, medianMs, loadsMs } = page
    const ratio = medianMs / emptyMs
    const goal = tbtRatioGoal(page)
    const shown = formatNumber(ratio, 2)
    return [
      name === EMPTY_PAGE ? name : `\`${name}\``,
      formatNumber(medianMs),
      `${formatNumber(Math.min(...loadsMs))} to ${formatNumber(Math.max(...loadsMs))}`,
      ratio <= goal ? shown : `**${shown}**`,
      name === EMPTY_PAGE ? '' : formatNumber(goal, 2),
    ]
  })
  return `# Blocking time of the pages

Written by \`npm run bench -- blocking\`. The figures as numbers: [blocking.json](blocking.json).

${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · Chromium ${chromium} · load average
${formatNumber(loadAtStart, 2)} before, ${formatNumber(loadAtEnd, 2)} at the end.

Blocking time (TBT) is what the tasks of a page after its first paint take above 50 ms. Here the browser itself measures it on a phone
with a CPU ${slowdown} times slower and a fast network. Each page was loaded ${loads} times with an empty cache, in turn with the others and with
an empty page of Next. Lighthouse ([pages.md](pages.md)) takes an hour for nine loads of each page; these take five minutes, so other
work on the machine affects all pages more alike.

${formatTable(['page', 'median, ms', 'loads, ms', 'to the empty page', 'goal'], rows)}
`
}
