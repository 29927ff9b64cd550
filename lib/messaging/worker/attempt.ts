import { fromStored } from '@/lib/addresses'
import { open } from '@/lib/platform/crypto'
import { parseLocale } from '@/lib/platform/locale'
import { metrics } from '@/lib/platform/metrics'
import { withTimeLimit } from '@/lib/platform/time-limit'
import { inSpan, noteInSpan } from '@/lib/platform/tracing'
import { readContent, SEALED_BODY, SEALED_TO } from '../content/content'
import { type RenderEmail, renderMessage } from '../content/render-message'
import { urgencyOf } from '../content/urgency'
import { providersOf } from '../providers'
import type { Outcome, Provider, Rendered } from '../providers/provider'
import { type Ceilings, ceilingsOf, readCeilings } from '../spending/ceilings'
import { takeSms } from '../spending/take'
import type { Breaker, Breakers, Health } from './breaker'
import type { Claimed } from './claims'
import { holdProvider, takeTurn } from './pace'
import { recordProviderHealth } from './provider-health'
import { isWorthSending } from './retry'

const SEND_LIMIT_MS = 10_000

/** How long a provider gets no message after it refused one as too fast, unless it names a time. */
const THROTTLED_SECONDS = 1

export type Clock = () => Date

/**
 * The outcome of an attempt and its provider; `postponed` when every breaker is open, or a provider
 * asked for a pause, and no provider was tried; `withheld` when a ceiling of spending is reached.
 */
export type AttemptResult =
  | (Outcome & { provider: string })
  | { kind: 'postponed'; until: Date }
  | { kind: 'withheld' }

const NOT_ASKED = { kind: 'retry', reason: 'cut short', provider: 'none' } as const

type Surroundings = {
  clock: Clock
  renderEmail: RenderEmail
  breakers: Breakers
  stop: AbortSignal | undefined
  ceilings?: Ceilings | undefined
}

/**
 * Tries the providers in their order until one takes the message, or it expires. A provider whose
 * breaker is open is skipped.
 */
export async function attemptMessage(
  message: Claimed,
  surroundings: Surroundings,
): Promise<AttemptResult> {
  const { clock, renderEmail, breakers, stop, ceilings } = surroundings
  const rendered = await renderSealed(message, renderEmail)
  if (!rendered) return { kind: 'retry', reason: 'unreadable', provider: 'none' }
  let tried: AttemptResult | undefined
  const waits: Date[] = []
  for (const provider of providersOf(message.channel)) {
    const breaker = breakers(provider.name)
    // A turn of a provider that is down would be lost, and the next provider would wait for it.
    const shut = breaker.peek(clock())
    const turn = shut ? 'now' : await takeTurn(provider.name, urgencyOf(message.kind), stop)
    const now = clock()
    if (typeof turn === 'number') {
      if (!tried) return { kind: 'postponed', until: new Date(now.getTime() + turn * 1_000) }
      continue
    }
    if (!isWorthSending(message, now) || stop?.aborted) break
    const limitMs = Math.min(SEND_LIMIT_MS, message.expiresAt.getTime() - now.getTime())
    const wait = shut ?? breaker.admit(now)
    if (wait) {
      waits.push(wait)
      continue
    }
    if (!tried && (await isWithheld({ message, rendered, breaker, ceilings, now })))
      return { kind: 'withheld' }
    const request = { ...surroundings, message, rendered, limitMs, breaker }
    const attributes = { provider: provider.name, channel: message.channel, kind: message.kind }
    const outcome = await inSpan(`send by ${provider.name}`, { kind: 'call', attributes }, () =>
      ask(provider, request),
    )
    tried = { ...outcome, provider: provider.name }
    if (tried && tried.kind !== 'retry' && tried.kind !== 'misconfigured') return tried
  }
  if (tried || waits.length === 0) return tried ?? NOT_ASKED
  return { kind: 'postponed', until: new Date(Math.min(...waits.map(Number))) }
}

type Counted = Pick<SendRequest, 'message' | 'rendered' | 'breaker' | 'ceilings'> & { now: Date }

/**
 * Counts an SMS in its first attempt, which a postponed one has not had. The breaker has admitted
 * the send and waits for a report.
 */
async function isWithheld({ message, rendered, breaker, ceilings, now }: Counted) {
  const { to, kind } = rendered
  if (to.kind !== 'phone' || message.attempts > 1) return false
  let isTaken = false
  try {
    isTaken = await takeSms({ ceilings: ceilingsOf(kind, to, ceilings ?? readCeilings()), now })
  } finally {
    if (!isTaken) breaker.report({ kind: 'unknown' }, now)
  }
  return !isTaken
}

type SendRequest = Surroundings & {
  message: Claimed
  rendered: Rendered
  limitMs: number
  breaker: Breaker
}

/**
 * One send, whose result is reported to the breaker. Only a provider that had the whole time limit
 * counts as timed out.
 */
async function ask(
  provider: Provider,
  { message, rendered, limitMs, breaker, clock, stop }: SendRequest,
): Promise<Outcome> {
  const { id: idempotencyKey, expiresAt } = message
  const endCall = metrics.providerCalls.startTimer({ provider: provider.name })
  try {
    const send = (signal: AbortSignal) =>
      provider.send(rendered, { idempotencyKey, expiresAt, signal })
    const outcome = await withTimeLimit(limitMs, stop, send)
    const word = wordOf(outcome)
    endCall({ outcome: word })
    noteInSpan('outcome', word)
    const health = healthOf(outcome)
    const isHeld =
      health.kind === 'throttled' && (await holdProvider(provider.name, health.afterSeconds))
    breaker.report(isHeld ? { kind: 'up' } : health, clock())
    // Not awaited, so that the outcome of the message is stored first.
    void recordProviderHealth(provider.name, outcome, clock())
    return outcome
  } catch (error) {
    const isCutShort = stop?.aborted || limitMs < SEND_LIMIT_MS
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    const word = isCutShort ? 'cut_short' : isLate ? 'timeout' : 'unreachable'
    endCall({ outcome: word })
    noteInSpan('outcome', word)
    breaker.report({ kind: isCutShort ? 'unknown' : 'down' }, clock())
    return {
      kind: 'retry',
      reason: `${provider.name} ${error instanceof Error ? error.name : 'failed'}`,
    }
  }
}

/**
 * A provider that refuses one message, or more than its rate, works. One that refuses all of ours
 * counts as down.
 */
function healthOf(outcome: Outcome): Health {
  if (outcome.kind === 'misconfigured') return { kind: 'down' }
  if (outcome.kind === 'retry' && outcome.isThrottled)
    return { kind: 'throttled', afterSeconds: outcome.afterSeconds ?? THROTTLED_SECONDS }
  return isOutage(outcome) ? { kind: 'down', afterSeconds: outcome.afterSeconds } : { kind: 'up' }
}

/** The outcome of a call, for the metrics. */
function wordOf(outcome: Outcome) {
  if (outcome.kind === 'retry' && outcome.isThrottled) return 'throttled'
  return isOutage(outcome) ? 'outage' : outcome.kind
}

const isOutage = (outcome: Outcome): outcome is Extract<Outcome, { kind: 'retry' }> =>
  outcome.kind === 'retry' && outcome.isOutage === true

/**
 * Undefined when an encryption key is unknown. The error is not logged: a parser's message quotes
 * its input.
 */
async function renderSealed(
  { channel, kind, locale, sealedTo, sealedBody }: Claimed,
  renderEmail: RenderEmail,
): Promise<Rendered | undefined> {
  try {
    const to = fromStored(channel === 'email' ? 'email' : 'phone', open(sealedTo ?? '', SEALED_TO))
    const words = await renderMessage(
      readContent(open(sealedBody ?? '', SEALED_BODY)),
      channel,
      parseLocale(locale),
      renderEmail,
    )
    return { to, kind, ...words }
  } catch {
    return undefined
  }
}
