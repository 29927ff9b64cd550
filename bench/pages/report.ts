import { formatNumber, formatTable } from '@/bench/support/figures'
import type { PageFigures } from './measure'
import { EMPTY_PAGE } from './measured-pages'

const GOALS = {
  formBytes: 165 * 1_024,
  otherBytes: 140 * 1_024,
  others: 100,
  /** With applied throttling. */
  lcpMs: 2_000,
  cls: 0.02,
} as const

/** Compared with the empty page under the same throttling. */
const BESIDE_EMPTY = { performanceBelow: 3, tbtRatio: 1.15, tbtRatioWithForm: 1.25 } as const

/** How many times the blocking time of the empty page a page may have. */
export const tbtRatioGoal = ({ hasForm }: { hasForm: boolean }) =>
  hasForm ? BESIDE_EMPTY.tbtRatioWithForm : BESIDE_EMPTY.tbtRatio

type Page = PageFigures['pages'][number]

/** Formats the figures as Markdown. A figure that misses its goal is bold. */
export function formatPagesReport(figures: PageFigures): string {
  return `${[
    '# Pages: script bytes and Lighthouse scores',
    'Written by `npm run bench -- pages`. The figures as numbers: [pages.json](pages.json).',
    formatMachine(figures),
    formatScripts(figures),
    formatAudits(figures),
  ].join('\n\n')}\n`
}

function formatMachine({ machine, loadAtEnd }: PageFigures) {
  const { date, cpu, cores, memoryGiB, system, node, chromium, loadAtStart } = machine
  return `${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · Chromium ${chromium} · load average
${formatNumber(loadAtStart, 2)} before, ${formatNumber(loadAtEnd, 2)} at the end. PostgreSQL, web and worker of the production build and the browser share these cores.`
}

const boldUnlessMet = (text: string, isMet: boolean) => (isMet ? text : `**${text}**`)
const kB = (bytes: number) => formatNumber(bytes / 1_024, 1)

function formatScripts({ pages }: PageFigures) {
  const empty = emptyOf(pages).scriptBytes
  const rows = pages.map(({ name, hasForm, scriptBytes }) => {
    if (name === EMPTY_PAGE) return [name, kB(scriptBytes), '', '1.00']
    const goal = hasForm ? GOALS.formBytes : GOALS.otherBytes
    return [
      `\`${name}\``,
      boldUnlessMet(kB(scriptBytes), scriptBytes <= goal),
      formatNumber(goal / 1_024),
      formatNumber(scriptBytes / empty, 2),
    ]
  })
  return `## Script

Script that the browser loads until the network is idle, gzip, in kB of 1 024 bytes, without \`nomodule\` scripts. The first line is
an empty page of the same version of Next, built and loaded in the same run: a layout with \`html\` and \`body\` and a page with
one word. The last column is the ratio to it.

${formatTable(['page', 'kB', 'goal', 'to the empty page'], rows)}`
}

function formatAudits({ pages, runs }: PageFigures) {
  const ours = pages.filter(({ name }) => name !== EMPTY_PAGE)
  const failed = ours.flatMap((page) => page.quality.failed.map((id) => `\`${page.name}\`: ${id}`))
  const faults =
    failed.length > 0
      ? `\n\nAudits that lower a score below 100:\n\n${failed.map((line) => `- ${line}`).join('\n')}`
      : ''
  return `## Lighthouse, phone

Median of ${runs} runs of Lighthouse's phone on slow 4G, with a CPU four times slower. Goals: performance at most ${BESIDE_EMPTY.performanceBelow} below that of
the empty page, TBT at most ${BESIDE_EMPTY.tbtRatio} times its TBT (${BESIDE_EMPTY.tbtRatioWithForm} times with a form), the other three scores ${GOALS.others}, CLS ${GOALS.cls}, and LCP
${formatNumber(GOALS.lcpMs)} ms with applied throttling. The pages are loaded over http, because Lighthouse treats localhost as secure. The last
column is Lighthouse's measure of the machine's speed during the run.

The empty page shows the cost of Next alone on this machine. It sends \`Cross-Origin-Opener-Policy\` as the product does: the browser
then renders the page in a new process, which is slower.

### Simulated

The default of Lighthouse: it loads the page at full speed and computes a slow load from it. It assumes that the first paint waited
for every script that arrived before it. Next to the server, all scripts arrive before it.

${formatAuditTable(pages, 'simulated')}${faults}

### Applied

The browser throttles network and CPU while the page loads.

${formatAuditTable(pages, 'applied')}`
}

type Throttling = 'simulated' | 'applied'
type Mark = (text: string, isMet: boolean) => string

const SPEED_HEADINGS = [
  ...['performance', 'LCP, ms', 'CLS', 'TBT, ms', 'TBT to the empty page', 'benchmark index'],
]
const QUALITY_HEADINGS = ['accessibility', 'best practices', 'SEO']

function formatAuditTable(pages: readonly Page[], throttling: Throttling) {
  const head = ['page', ...SPEED_HEADINGS, ...(throttling === 'simulated' ? QUALITY_HEADINGS : [])]
  return formatTable(
    head,
    pages.map((page) => auditRow(page, throttling, emptyOf(pages)[throttling])),
  )
}

type Speed = Page[Throttling]

function emptyOf(pages: readonly Page[]): Page {
  const empty = pages.find(({ name }) => name === EMPTY_PAGE)
  if (!empty) throw new Error('the empty page was not measured')
  return empty
}

function auditRow(page: Page, throttling: Throttling, empty: Speed) {
  const mark: Mark = page.name === EMPTY_PAGE ? (text) => text : boldUnlessMet
  return [
    page.name === EMPTY_PAGE ? page.name : `\`${page.name}\``,
    ...speedCells(page[throttling], goalsOf(page, throttling, empty), mark),
    formatNumber(page[throttling].tbtMs / empty.tbtMs, 2),
    formatNumber(page[throttling].benchmarkIndex),
    ...(throttling === 'simulated' ? qualityCells(page.quality, mark) : []),
  ]
}

const goalsOf = (page: Page, throttling: Throttling, empty: Speed) => ({
  performance: empty.performance - BESIDE_EMPTY.performanceBelow,
  tbtMs: empty.tbtMs * tbtRatioGoal(page),
  lcpMs: throttling === 'applied' ? GOALS.lcpMs : Number.POSITIVE_INFINITY,
})

function speedCells(
  { performance, lcpMs, cls, tbtMs }: Speed,
  goals: ReturnType<typeof goalsOf>,
  mark: Mark,
) {
  return [
    mark(String(performance), performance >= goals.performance),
    mark(formatNumber(lcpMs), lcpMs <= goals.lcpMs),
    mark(formatNumber(cls, 3), cls <= GOALS.cls),
    mark(formatNumber(tbtMs), tbtMs <= goals.tbtMs),
  ]
}

function qualityCells({ accessibility, bestPractices, seo }: Page['quality'], mark: Mark) {
  return [accessibility, bestPractices, seo].map((score) =>
    mark(String(score), score >= GOALS.others),
  )
}
