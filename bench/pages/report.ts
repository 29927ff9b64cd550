import { digits, table } from '@/bench/support/figures'
import type { Figures } from '.'
import { DEFAULT_SLOWDOWN, EXPECTED_INDEX } from './slowdown'
import { EMPTY } from './views'

const GOALS = {
  formBytes: 165 * 1_024,
  otherBytes: 140 * 1_024,
  performance: 95,
  others: 100,
  lcpMs: 2_000,
  cls: 0.02,
  tbtMs: 150,
} as const

type Page = Figures['pages'][number]

/** What was found, for people. A figure that misses its goal is bold. */
export function writeReport(figures: Figures): string {
  return `${[
    '# Pages: what they weigh, and what Lighthouse says',
    'Written by `npm run bench -- pages`. The figures as numbers: [pages.json](pages.json).',
    writeMachine(figures),
    writeScripts(figures),
    writeAudits(figures),
  ].join('\n\n')}\n`
}

function writeMachine({ machine, loadAtEnd }: Figures) {
  const { date, cpu, cores, memoryGiB, system, node, chromium, loadAtStart } = machine
  return `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · Chromium ${chromium} · load average
${digits(loadAtStart, 2)} before, ${digits(loadAtEnd, 2)} at the end. The production build on data of its own, PostgreSQL, web, worker and browser on these cores.`
}

const mark = (text: string, isMet: boolean) => (isMet ? text : `**${text}**`)
const kB = (bytes: number) => digits(bytes / 1_024, 1)

function writeScripts({ pages }: Figures) {
  const empty = pages.find(({ name }) => name === EMPTY)?.scriptBytes ?? Number.NaN
  const rows = pages.map(({ name, hasForm, scriptBytes }) => {
    if (name === EMPTY) return [name, kB(scriptBytes), '', '1.00']
    const goal = hasForm ? GOALS.formBytes : GOALS.otherBytes
    return [`\`${name}\``, mark(kB(scriptBytes), scriptBytes <= goal), digits(goal / 1_024), digits(scriptBytes / empty, 2)]
  })
  return `## Script

What the browser loads by itself until the network is quiet, gzip, in kB of 1 024 bytes; \`nomodule\` scripts are not among it. The
first line is the framework's empty page, a layout with \`html\` and \`body\` and a page that draws one word, of the same version of
Next, built and loaded in the same run; the last column is the ratio to it.

${table(['page', 'kB', 'goal', 'to the empty page'], rows)}`
}

function writeAudits({ pages, runs, calibration }: Figures) {
  const ours = pages.filter(({ name }) => name !== EMPTY)
  const failed = ours.flatMap((page) => page.calibrated.failed.map((id) => `\`${page.name}\`: ${id}`))
  const faults = failed.length > 0 ? `\n\nWhat kept a page from 100:\n\n${failed.map((line) => `- ${line}`).join('\n')}` : ''
  return `## Lighthouse, phone

The middle of ${runs} runs, Lighthouse's own phone with its slow 4G, both simulated. Goals: performance ${GOALS.performance}, the other three ${GOALS.others},
LCP ${digits(GOALS.lcpMs)} ms, CLS ${GOALS.cls}, TBT ${GOALS.tbtMs} ms. Over http, for Lighthouse counts localhost as safe. The empty page shows what
the framework alone costs.

By default the phone is ${DEFAULT_SLOWDOWN} times slower than the machine, which is taken to be a fast laptop, ${digits(EXPECTED_INDEX)} by Lighthouse's own benchmark. This one
has ${digits(calibration.index)}: [calibrated](https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md#calibrating-the-cpu-slowdown), the same phone is ${calibration.slowdown} times slower.

### Calibrated: ${calibration.slowdown} times slower

${writeTable(pages, 'calibrated')}${faults}

### By default: ${DEFAULT_SLOWDOWN} times slower

${writeTable(pages, 'byDefault')}`
}

const HEAD = ['page', 'performance', 'accessibility', 'best practices', 'SEO', 'LCP, ms', 'CLS', 'TBT, ms', 'benchmark index']

function writeTable(pages: readonly Page[], phone: 'calibrated' | 'byDefault') {
  const rows = pages.map((page) => auditRow(page.name, page[phone]))
  return table(HEAD, rows)
}

function auditRow(name: string, found: Page['calibrated']) {
  const { performance, accessibility, bestPractices, seo, lcpMs, cls, tbtMs, benchmarkIndex } = found
  const judge = name === EMPTY ? (text: string) => text : mark
  return [
    name === EMPTY ? name : `\`${name}\``,
    judge(String(performance), performance >= GOALS.performance),
    ...[accessibility, bestPractices, seo].map((score) => judge(String(score), score >= GOALS.others)),
    judge(digits(lcpMs), lcpMs <= GOALS.lcpMs),
    judge(digits(cls, 3), cls <= GOALS.cls),
    judge(digits(tbtMs), tbtMs <= GOALS.tbtMs),
    digits(benchmarkIndex),
  ]
}
