import { formatNumber, formatTable } from '@/bench/support/figures'
import type { GrowthFigures } from './measure'
import type { Planned, Reading } from './plans'

const GOALS = { p95: 1.2, pages: 3 } as const

/** Formats the figures as Markdown. */
export function formatGrowthReport({ machine, rounds, sizes, loadAtEnd }: GrowthFigures): string {
  const [small, large] = sizes
  const { date, cpu, cores, memoryGiB, system, node, postgresql } = machine
  const shops = sizes.map(
    ({ users, megabytes }) => `${formatNumber(users)} customers (${formatNumber(megabytes)} MB)`,
  )
  const flows = (large?.flows ?? []).map(({ flow, statements, ...times }) => {
    const before = small?.flows?.find((each) => each.flow === flow)
    const compared = statements.map((statement) => ({
      ...statement,
      before: before?.statements.find(({ text }) => text === statement.text)?.pages,
    }))
    return { flow, times, before, compared }
  })
  const ratio = (flow: (typeof flows)[number]) =>
    flow.times.p95Ms / (flow.before?.p95Ms ?? Number.NaN)
  const growth = ({ compared }: (typeof flows)[number]) =>
    Math.max(...compared.map(({ pages, before = Number.NaN }) => pages - before))
  const verdict = (isMet: boolean) => (isMet ? 'met' : '**missed**')
  return `# A shop of a million customers, beside one of ten thousand

Written by \`npm run bench -- growth\`. The figures as numbers: [growth.json](growth.json).

${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · PostgreSQL ${postgresql}, shared_buffers 128 MB, fsync ${machine.fsync},
synchronous_commit ${machine.synchronousCommit} · load average ${formatNumber(machine.loadAtStart, 2)} before, ${formatNumber(loadAtEnd, 2)} at the end.

Two databases: ${shops.join(' and ')}. For each customer four addresses, ten events of the activity, ten messages,
a session, a known device, a code and an entry of points (\`bench/growth/rows.sql\`). Browsers without JavaScript on 16 connections, as in
[web.md](web.md); the median of ${rounds} rounds that alternate between the databases.

${formatTable(
  [
    ...[
      '',
      `p50, ms, ${formatNumber(small?.users ?? 0)}`,
      `p95, ms, ${formatNumber(small?.users ?? 0)}`,
    ],
    ...[
      `p50, ms, ${formatNumber(large?.users ?? 0)}`,
      `p95, ms, ${formatNumber(large?.users ?? 0)}`,
    ],
    ...[
      `p95 to p95 (goal ≤ ${GOALS.p95})`,
      `most further pages of a statement (goal ≤ ${GOALS.pages})`,
    ],
  ],
  flows.map((flow) => [
    flow.flow,
    formatNumber(flow.before?.p50Ms ?? Number.NaN, 1),
    formatNumber(flow.before?.p95Ms ?? Number.NaN, 1),
    formatNumber(flow.times.p50Ms, 1),
    formatNumber(flow.times.p95Ms, 1),
    `${formatNumber(ratio(flow), 2)}, ${verdict(ratio(flow) <= GOALS.p95)}`,
    `${formatNumber(growth(flow))}, ${verdict(growth(flow) <= GOALS.pages)}`,
  ]),
)}

## Every statement of these flows

From \`auto_explain\` (ANALYZE, BUFFERS), while the flow runs. Pages of 8 kB that a statement touched: in the middle of 15 visits in the
small shop, and in the large one. Then the plan in the large shop, without nodes that read no table.

${flows.map(({ flow, compared }) => `### ${flow}\n\n${compared.map(formatStatement).join('\n\n')}`).join('\n\n')}
`
}

function formatStatement({
  text,
  pages,
  before = Number.NaN,
  readings,
}: Planned & { before: number | undefined }) {
  return [
    `${formatNumber(before)} → ${formatNumber(pages)} pages:`,
    ...['', '```sql', shorten(text), '```', ''],
    ...(readings.length > 0 ? readings.map(formatReading) : ['- reads no table']),
  ].join('\n')
}

const LONGEST = 400
const shorten = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text)

function formatReading({ way, table, index, rows, removed, pages }: Reading) {
  const by = index ? ` by \`${index}\`` : ''
  const filtered = removed > 0 ? `, ${formatNumber(removed)} removed by a filter` : ''
  return `- ${way} on \`${table}\`${by}: ${formatNumber(rows)} rows${filtered}, ${formatNumber(pages)} pages`
}
