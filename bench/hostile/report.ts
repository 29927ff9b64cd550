import { formatNumber, formatTable } from '@/bench/support/figures'
import type { HostileFigures } from './measure'

const LIMITS = { answerMs: 100, ratio: 3, growthMb: 20, goneSeconds: 30 }

export function formatHostileReport(figures: HostileFigures): string {
  const { machine, fields, answers, connections, loadAtEnd } = figures
  const { before, announced, chunked, halfOpen, unfinished } = connections
  return `# Hostile requests: what they cost

Written by \`npm run bench -- hostile\`. The figures as numbers: [hostile.json](hostile.json).

${machine.date} · ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system} · Node ${machine.node} · load average
${formatNumber(machine.loadAtStart, 2)} before, ${formatNumber(loadAtEnd, 2)} at the end. The production build on data of its own, all on these cores.

## A long value in a field, over HTTP

CPU of the web process for one answer, the most over several repeated texts. An attempt to log in includes
the hash of a password, until the limit of attempts refuses it. Limits: ${LIMITS.answerMs} ms, and at most ${LIMITS.ratio} times
as much for twice the length.

${formatTable(
  ['form', 'field', '30 kB, ms', '60 kB, ms', 'ratio', 'kept'],
  answers.map(({ form, field, halfMs, wholeMs }) => [
    form,
    field,
    formatNumber(halfMs, 1),
    formatNumber(wholeMs, 1),
    formatNumber(wholeMs / halfMs, 2),
    verdict(wholeMs <= LIMITS.answerMs && wholeMs <= LIMITS.ratio * halfMs),
  ]),
)}

## A long value in a field, checked alone

Every printable character and every pair, repeated. A value of 60 kB is refused by its length; the second half of the table is the
longest value that the parsers look at. A time below 0.05 ms has no meaningful ratio.

${formatTable(
  ['field', '60 kB, ms', 'ratio to 30 kB', '1 kB, ms', 'ratio to 0.5 kB'],
  fields.map(({ field, worstMs, ratio, parsedWorstMs, parsedRatio }) => [
    field,
    formatNumber(worstMs, 3),
    worstMs < 0.05 ? '-' : formatNumber(ratio, 2),
    formatNumber(parsedWorstMs, 3),
    parsedWorstMs < 0.05 ? '-' : formatNumber(parsedRatio, 2),
  ]),
)}

## Connections

| | measured | limit | kept |
| --- | ---: | ---: | ---: |
| memory before, MB | ${formatNumber(before)} | | |
| ${unfinished} unfinished posts that announce 9 MB: peak above that, MB | ${formatNumber(announced - before)} | ${LIMITS.growthMb} | ${verdict(announced - before <= LIMITS.growthMb)} |
| ${unfinished} unfinished posts that announce nothing: peak above that, MB | ${formatNumber(chunked - before)} | ${LIMITS.growthMb} | ${verdict(chunked - before <= LIMITS.growthMb)} |
| ${halfOpen.opened} half-open connections: gone after, s | ${formatNumber(halfOpen.goneAfterSeconds, 1)} (${halfOpen.left} left) | ${LIMITS.goneSeconds} | ${verdict(halfOpen.left === 0 && halfOpen.goneAfterSeconds <= LIMITS.goneSeconds)} |
| p95 of a customer's page meanwhile, ms | ${formatNumber(halfOpen.pageP95Ms)} | | |
`
}

const verdict = (isKept: boolean) => (isKept ? 'yes' : 'no')
