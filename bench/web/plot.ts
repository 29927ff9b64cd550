import { formatNumber } from '@/bench/support/figures'
import type { ContenderName } from './contenders'
import { FLOWS, type FlowName } from './flow'
import type { Summary } from './summary'

const COLOURS = { form: '#1f6feb', action: '#0b8a5f', peer: '#b0651d', markup: '#7a7f87' } as const

export const LABELS = {
  form: 'product, no JavaScript',
  action: 'product, action',
  peer: 'better-auth',
  markup: 'markup without data',
} as const satisfies Record<ContenderName, string>

const NAMES: readonly ContenderName[] = ['form', 'action', 'peer', 'markup']

const BAR = 14
const GAP = 12
const LEFT = 120
const WIDTH = 760
const TOP = 40
const ROOM_FOR_VALUE = 60

/** Draws requests per second as bars, a group for each flow, with the slowest and fastest round. */
export function drawRates(flows: readonly Summary[]): string {
  const most = Math.max(...flows.map(({ fastest }) => fastest))
  const scale = (WIDTH - LEFT - ROOM_FOR_VALUE) / most
  let y = TOP
  const groups = FLOWS.map((name) => {
    const bars = flows.filter(({ flow }) => flow === name)
    const group = drawGroup(name, bars, y, scale)
    y += bars.length * BAR + GAP
    return group
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="11" role="img" aria-label="Visits per second of each flow">
<rect width="100%" height="100%" fill="#fff"/>
${drawLegend()}
${groups.join('\n')}
</svg>
`
}

const drawLegend = () =>
  NAMES.map((name, index) => {
    const x = LEFT + index * 155
    return `<rect x="${x}" y="12" width="10" height="10" fill="${COLOURS[name]}"/><text x="${x + 14}" y="21">${LABELS[name]}</text>`
  }).join('\n')

function drawGroup(name: FlowName, bars: readonly Summary[], y: number, scale: number) {
  const middle = y + (bars.length * BAR) / 2 + 4
  const drawn = bars.map((bar, index) => drawBar(bar, y + index * BAR, scale))
  return [`<text x="${LEFT - 8}" y="${middle}" text-anchor="end">${name}</text>`, ...drawn].join(
    '\n',
  )
}

function drawBar({ contender, perSecond, slowest, fastest }: Summary, y: number, scale: number) {
  const at = (value: number) => (LEFT + value * scale).toFixed(1)
  const line = y + BAR / 2 - 1
  return `<rect x="${LEFT}" y="${y}" width="${(perSecond * scale).toFixed(1)}" height="${BAR - 2}" fill="${COLOURS[contender]}"/><path d="M${at(slowest)} ${line}H${at(fastest)}" stroke="#111"/><text x="${Number(at(fastest)) + 4}" y="${y + BAR - 4}">${formatNumber(perSecond)}</text>`
}
