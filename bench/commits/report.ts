import { formatNumber, formatTable, median } from '@/bench/support/figures'
import type { CommitFigures, CommitKind } from './measure'

const GOAL_PERCENT = 60

const NAMES: Record<CommitKind, string> = {
  row: 'the row of a message that is in no queue',
  message: 'a message, as `sendMessages` writes it',
  job: 'the row and a job by `graphile_worker.add_jobs`, as in the version before',
}

/** Formats the figures as Markdown. */
export function formatCommitReport({ machine, setups, loadAtEnd }: CommitFigures): string {
  const rateOf = (kind: CommitKind, clients: number) =>
    median(setups.find((one) => one.kind === kind && one.clients === clients)?.perSecond ?? [])
  const percentOf = (kind: CommitKind, clients: number) =>
    (100 * rateOf(kind, clients)) / rateOf('row', clients)
  const rows = setups.map(({ kind, clients, perSecond }) => [
    `${clients} clients: ${NAMES[kind]}`,
    formatNumber(rateOf(kind, clients)),
    kind === 'row' ? '' : `${formatNumber(percentOf(kind, clients))} %`,
    perSecond.map((rate) => formatNumber(rate)).join(', '),
  ])
  const counts = [...new Set(setups.map(({ clients }) => clients))]
  const verdicts = counts.map((clients) => {
    const isMet = percentOf('message', clients) >= GOAL_PERCENT
    return `${clients} clients: ${isMet ? 'met' : '**missed**'}`
  })
  const { date, cpu, cores, memoryGiB, system, node, postgresql } = machine
  return `# Commits a second with a message

Written by \`npm run bench -- commits\`. The figures as numbers: [commits.json](commits.json).

${date} · ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system} · Node ${node} · PostgreSQL ${postgresql} with its
defaults (fsync ${machine.fsync}, synchronous_commit ${machine.synchronousCommit}) · load average ${formatNumber(machine.loadAtStart, 2)} before, ${formatNumber(loadAtEnd, 2)} at the end.

Each transaction has two inserts: a cause, and a message. One process with so many connections commits them as fast as it can,
on the cores that PostgreSQL uses; another connection listens as an idle worker does. A message wakes the workers after its
commit, as the product does. Median of rounds that alternate.

${formatTable(['', 'per second', 'of the row alone', 'each round'], rows)}

Goal: ${GOAL_PERCENT} % of the row alone: ${verdicts.join('; ')}.
`
}
