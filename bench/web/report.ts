import { formatNumber, formatTable } from '@/bench/support/figures'
import type { WebFigures } from './all-flows'
import { CONNECTIONS } from './environment'
import type { FlowName } from './flow'
import { LABELS } from './plot'
import { WARM_UP_SECONDS, WARM_UP_WITH_CODES_SECONDS } from './rounds'
import type { Summary } from './summary'

const TITLES: Record<FlowName, string> = {
  login: 'Log-in, known browser',
  'login-new': 'Log-in, new browser',
  'login-unknown': 'Log-in, unknown account',
  reset: 'Request a code',
  'reset-unknown': 'Request a code, unknown account',
  password: 'Code, then new password',
  code: 'Wrong code',
  'code-page': 'Page of the code',
  profile: 'Signed-in page',
}

/** Formats the figures of the web process beside those of the peer. */
export function formatWebReport(figures: WebFigures): string {
  const { machine, rounds, seconds, hashMs, flows, goals, browserCheck } = figures
  const driver = Math.max(...flows.map(({ driverShare }) => driverShare)) * 100
  return `# Web: what the flows cost, beside better-auth

Written by \`npm run bench -- web\`. The figures as numbers: [web.json](web.json).

${machine.date} · ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system} · Node ${machine.node} ·
PostgreSQL ${machine.postgresql}, fsync ${machine.fsync}, synchronous_commit ${machine.synchronousCommit} · Next ${machine.next} · better-auth ${machine.betterAuth} ·
load average ${formatNumber(machine.loadAtStart, 2)} before, ${formatNumber(figures.loadAtEnd, 2)} at the end.

The median of ${rounds} rounds of ${formatNumber(seconds)} s, which alternate between the servers, after a warm-up of
each flow: ${WARM_UP_SECONDS} s, or ${WARM_UP_WITH_CODES_SECONDS} s where each visit enters a code. Each server has one web process, a production build, ${CONNECTIONS} connections to the same PostgreSQL, a database of its own there, and ${CONNECTIONS} connections of the driver. The worker
is stopped; [messaging.md](messaging.md) measures it. Web, PostgreSQL and driver share the cores; the driver took at most
${formatNumber(driver)} % of one.

- The peer is better-auth in a route handler, with e-mail and password, and the plug-ins for codes by phone and by e-mail.
  It hashes with the same argon2id (19 MiB, two passes), sends nothing, and its rate limits are off. Its clients send JSON.
- "No JavaScript" is a browser that posts a form. "Action" is one whose script calls the server action: the answer also
  has the page that it leads to.
- Each request of the product comes from an IP address of its own, and for an account with free attempts, so that its
  limits count and refuse nothing.
- "Code, then new password" is two posts in the product and one in the peer. A new browser causes a notification to
  three addresses in the product; the peer has none. The signed-in page is the profile in the product, one line in the peer.
- A server that is overloaded may answer 503; such visits are counted in the last column and nowhere else.
- "Markup without data" is a copy of the product with one page: the markup of the profile, with nothing behind it.

![Visits per second](web.svg)

## Goals

${formatTable(
  ['goal', 'limit', 'measured', 'met'],
  goals.map(({ goal, limit, value, decimals, isMet }) => [
    goal,
    limit,
    formatNumber(value, decimals),
    isMet ? 'yes' : '**no**',
  ]),
)}

The rates beside the peer and the CPU are those of browsers without JavaScript, unless a goal says otherwise: the answer to an
action also has the page that it leads to, which the peer does not render. CPU beside the hash: the CPU of the web process without that of one hash, ${formatNumber(hashMs, 1)} ms when it is measured alone.

${formatFlows(flows)}

## Requests

What the driver sends, compared with Chromium ${browserCheck.version}: ${formatCheck(browserCheck.differences)}
`
}

const formatCheck = (differences: readonly string[]) =>
  differences.length === 0
    ? 'the same method, fields, and headers, but for the values that are random.'
    : `\n\n${differences.map((each) => `- ${each}`).join('\n')}`

function formatFlows(flows: readonly Summary[]) {
  const names = [...new Set(flows.map(({ flow }) => flow))]
  return names.map((name) => formatFlow(name, flows)).join('\n\n')
}

function formatFlow(name: FlowName, flows: readonly Summary[]) {
  return `## ${TITLES[name]}

${formatTable(
  [
    ...['', 'visits/s', 'p50, ms', 'p95, ms', 'p99, ms', 'web, ms', 'beside hash, ms'],
    ...['first thread, ms', 'PostgreSQL, ms', 'statements', 'round trips', 'in sequence', '503s'],
  ],
  flows.filter(({ flow }) => flow === name).map(formatRow),
)}`
}

const formatRow = (each: Summary) => [
  LABELS[each.contender],
  `${formatNumber(each.perSecond)} (${formatNumber(each.slowest)}–${formatNumber(each.fastest)})`,
  formatNumber(each.p50Ms, 1),
  formatNumber(each.p95Ms, 1),
  formatNumber(each.p99Ms, 1),
  formatNumber(each.webMs, 1),
  formatNumber(each.besideHashMs, 1),
  formatNumber(each.mainThreadMs, 1),
  formatNumber(each.postgresMs, 1),
  ...[each.statements, each.trips, each.waits].map((count) =>
    Number.isNaN(count) ? '' : formatNumber(count),
  ),
  formatNumber(each.unavailable),
]
