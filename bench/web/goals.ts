import type { ContenderName } from './contenders'
import type { FlowName } from './flow'
import type { Summary } from './summary'

/** A goal, what was measured, and whether it was met. `value` is NaN when a side was not measured. */
export type Verdict = {
  goal: string
  limit: string
  value: number
  decimals: number
  isMet: boolean
}

type Find = (flow: FlowName, contender: ContenderName) => Summary | undefined

/**
 * Requests per second, as a multiple of the peer's; and CPU of web beside the hash. They hold for
 * browsers without JavaScript: the answer to an action also has the page that it leads to, which the
 * peer does not render at all.
 */
const FLOWS = [
  { flow: 'login', title: 'log-in, known browser', ratio: 1, cpuMs: 4, trips: 5 },
  { flow: 'login-new', title: 'log-in, new browser', ratio: 0.85, cpuMs: 6, trips: undefined },
  { flow: 'reset', title: 'request a code', ratio: 1.2, cpuMs: 2, trips: 3 },
  {
    flow: 'password',
    title: 'code and new password',
    ratio: 1,
    cpuMs: undefined,
    trips: undefined,
  },
  { flow: 'code', title: 'wrong code', ratio: undefined, cpuMs: undefined, trips: 3 },
] as const

const PROFILE = { share: 0.8, cpuMs: 5, trips: 2 }
const WRONG_CODE = { ofPeer: 1, ofPage: 0.8 }

/** Compares the figures with the goals. */
export function judge(find: Find): Verdict[] {
  return [
    ...FLOWS.flatMap((goal) => judgeFlow(find, goal)),
    ...judgeCode(find),
    ...judgeProfile(find),
  ]
}

function judgeFlow(find: Find, { flow, title, ratio, cpuMs, trips }: (typeof FLOWS)[number]) {
  const found = find(flow, 'form')
  return [
    ratio && atLeast(`${title}: rate to the peer's`, ratio, rateRatio(found, find(flow, 'peer'))),
    cpuMs && atMost(`${title}: CPU beside the hash, ms`, cpuMs, found?.besideHashMs, 1),
    trips && atMost(`${title}: round trips`, trips, found?.trips, 0),
  ].filter((verdict) => typeof verdict === 'object')
}

function judgeCode(find: Find): Verdict[] {
  const { ofPeer, ofPage } = WRONG_CODE
  const byAction = rateRatio(find('code', 'action'), find('code', 'peer'))
  const byForm = rateRatio(find('code', 'form'), find('code-page', 'form'))
  return [
    atLeast("wrong code, action: rate to the peer's", ofPeer, byAction),
    atLeast('wrong code, no JavaScript: rate to a GET of its page', ofPage, byForm),
  ]
}

function judgeProfile(find: Find): Verdict[] {
  const profile = find('profile', 'form')
  const share = rateRatio(profile, find('profile', 'markup'))
  return [
    atLeast('profile: rate to the same markup without data', PROFILE.share, share),
    atMost('profile: CPU, ms', PROFILE.cpuMs, profile?.besideHashMs, 1),
    atMost('profile: round trips', PROFILE.trips, profile?.trips, 0),
  ]
}

const rateRatio = (one: Summary | undefined, other: Summary | undefined) =>
  (one?.perSecond ?? Number.NaN) / (other?.perSecond ?? Number.NaN)

const atLeast = (goal: string, least: number, value: number): Verdict => ({
  ...{ goal, limit: `≥ ${least}`, value, decimals: 2, isMet: value >= least },
})

const atMost = (goal: string, most: number, value = Number.NaN, decimals: number): Verdict => ({
  ...{ goal, limit: `≤ ${most}`, value, decimals, isMet: value <= most },
})
