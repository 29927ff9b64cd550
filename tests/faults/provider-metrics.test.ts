import { expect, it } from 'vitest'
import { readMetrics } from '@/lib/platform/metrics'
import type { Answer } from '../support/fake-providers'
import { deliverAt, NOW, sms, written } from '../support/messaging-actions'
import { sampleOf } from '../support/metrics'
import { startFakes } from './messaging-fakes'

const fakes = await startFakes()

const callsOf = async (outcome: string) =>
  sampleOf(await readMetrics(), 'provider_call_duration_seconds_count', {
    provider: 'twilio',
    outcome,
  }) ?? 0

async function deliver() {
  const { createBreakers } = await import('@/lib/messaging/worker/breaker')
  const [row] = await written(sms())
  const breakers = createBreakers()
  await deliverAt(row?.id ?? '', () => NOW, undefined, breakers)
  return breakers
}

it.each<[string, Answer]>([
  ['accepted', 'accept'],
  ['outage', { status: 503, body: {} }],
  ['retry', { status: 404, body: {} }],
  ['misconfigured', { status: 401, body: {} }],
  ['rejected', { status: 400, body: { code: 21211 } }],
  ['unreachable', 'drop'],
])('a call of a provider is counted once, as %s', async (outcome, answer) => {
  fakes.answers.twilio = answer
  const before = await callsOf(outcome)
  await deliver()
  expect(await callsOf(outcome)).toBe(before + 1)
})

it('messages are counted by the state in which they end', async () => {
  const count = async (state: string) =>
    sampleOf(await readMetrics(), 'messages_settled_total', { channel: 'sms', state }) ?? 0
  const before = [await count('sent'), await count('failed'), await count('withheld')]
  await deliver()
  fakes.answers.twilio = { status: 400, body: { code: 21211 } }
  await deliver()
  const [decoy] = await written({ ...sms(), to: null })
  await deliverAt(decoy?.id ?? '', () => NOW)
  await deliverAt(decoy?.id ?? '', () => NOW)
  const after = [await count('sent'), await count('failed'), await count('withheld')]
  expect(after).toEqual(before.map((value) => value + 1))
})

it('a provider is shown as out of order from its fifth outage to its next answer', async () => {
  const { createBreaker } = await import('@/lib/messaging/worker/breaker')
  const isOpen = async () =>
    sampleOf(await readMetrics(), 'provider_breaker_open', { provider: 'test' })
  const breaker = createBreaker('test')
  const shown = [await isOpen()]
  for (let outage = 1; outage <= 5; outage++) breaker.report({ kind: 'down' }, NOW)
  shown.push(await isOpen())
  breaker.admit(new Date(NOW.getTime() + 60_000))
  breaker.report({ kind: 'up' }, NOW)
  expect([...shown, await isOpen()]).toEqual([0, 1, 0])
})
