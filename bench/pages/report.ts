import { digits, table } from '@/bench/support/figures'
import type { Figures } from './measure'
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
    return [
      `\`${name}\``,
      mark(kB(scriptBytes), scriptBytes <= goal),
      digits(goal / 1_024),
      digits(scriptBytes / empty, 2),
    ]
  })
  return `## Script

What the browser loads by itself until the network is quiet, gzip, in kB of 1 024 bytes; \`nomodule\` scripts are not among it. The
first line is the framework's empty page, a layout with \`html\` and \`body\` and a page that draws one word, of the same version of
Next, built and loaded in the same run; the last column is the ratio to it.

${table(['page', 'kB', 'goal', 'to the empty page'], rows)}`
}

function writeAudits({ pages, runs }: Figures) {
  const ours = pages.filter(({ name }) => name !== EMPTY)
  const failed = ours.flatMap((page) => page.care.failed.map((id) => `\`${page.name}\`: ${id}`))
  const faults =
    failed.length > 0
      ? `\n\nWhat kept a page from 100:\n\n${failed.map((line) => `- ${line}`).join('\n')}`
      : ''
  return `## Lighthouse, phone

The middle of ${runs} runs, Lighthouse's own phone on its slow 4G, a processor four times slower. Goals: performance ${GOALS.performance}, the other
three ${GOALS.others}, LCP ${digits(GOALS.lcpMs)} ms, CLS ${GOALS.cls}, TBT ${GOALS.tbtMs} ms. Over http, for Lighthouse counts localhost as safe. The last column is
Lighthouse's own measure of the machine while it ran.

The empty page shows what the framework alone costs on this machine, served with the one header that costs time: a page that no
other site may hold in a window (\`Cross-Origin-Opener-Policy\`) begins in a process of its own, whose first work is slower.

### Simulated

As Lighthouse does by itself: from a load at full speed it reckons a slow one. Whatever script came before the first paint is
reckoned to have been waited for; beside the server it comes at once.

${writeTable(pages, 'simulated')}${faults}

### Applied

Network and processor slowed down by the browser while the page loads.

${writeTable(pages, 'applied')}`
}

type Throttling = 'simulated' | 'applied'
type Judge = (text: string, isMet: boolean) => string

const OF_SPEED = ['performance', 'LCP, ms', 'CLS', 'TBT, ms', 'benchmark index']
const OF_CARE = ['accessibility', 'best practices', 'SEO']

function writeTable(pages: readonly Page[], throttling: Throttling) {
  const head = ['page', ...OF_SPEED, ...(throttling === 'simulated' ? OF_CARE : [])]
  return table(
    head,
    pages.map((page) => auditRow(page, throttling)),
  )
}

function auditRow({ name, ...page }: Page, throttling: Throttling) {
  const judge: Judge = name === EMPTY ? (text) => text : mark
  const speed = judgeSpeed(page[throttling], judge)
  return [
    name === EMPTY ? name : `\`${name}\``,
    ...speed,
    ...(throttling === 'simulated' ? judgeCare(page.care, judge) : []),
  ]
}

function judgeSpeed(
  { performance, lcpMs, cls, tbtMs, benchmarkIndex }: Page['applied'],
  judge: Judge,
) {
  return [
    judge(String(performance), performance >= GOALS.performance),
    judge(digits(lcpMs), lcpMs <= GOALS.lcpMs),
    judge(digits(cls, 3), cls <= GOALS.cls),
    judge(digits(tbtMs), tbtMs <= GOALS.tbtMs),
    digits(benchmarkIndex),
  ]
}

function judgeCare({ accessibility, bestPractices, seo }: Page['care'], judge: Judge) {
  return [accessibility, bestPractices, seo].map((score) =>
    judge(String(score), score >= GOALS.others),
  )
}
