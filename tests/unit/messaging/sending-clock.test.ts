import { afterEach, expect, it, vi } from 'vitest'
import { createSendingClock } from '@/lib/messaging/worker/sending-clock'

const WEB = new Date('2026-03-02T03:00:00.000Z')
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** A sender at a time of the system, which web has woken at another. */
function woken(system: number, payload = String(WEB.getTime())) {
  vi.useFakeTimers({ now: system })
  const clock = createSendingClock()
  clock.compare(payload)
  return clock
}

afterEach(() => void vi.useRealTimers())

it.each([
  ['a day behind web', -DAY_MS],
  ['equal to web', 0],
  ['a minute ahead of web', MINUTE_MS],
])('a clock that is %s is used', (_, ahead) => {
  const { now } = woken(WEB.getTime() + ahead)
  expect(now().getTime()).toBe(WEB.getTime() + ahead)
})

it('a clock that is more than a minute ahead follows web, and counts on', () => {
  const { now } = woken(WEB.getTime() + DAY_MS)
  expect(now()).toEqual(WEB)
  vi.advanceTimersByTime(5_000)
  expect(now().getTime()).toBe(WEB.getTime() + 5_000)
})

it('a step of the system’s clock is noticed before the next wake-up', () => {
  const { now } = woken(WEB.getTime())
  vi.setSystemTime(WEB.getTime() + DAY_MS)
  expect(now()).toEqual(WEB)
})

it('a wake-up of ten minutes ago says nothing', () => {
  const { now } = woken(WEB.getTime() + DAY_MS)
  vi.advanceTimersByTime(10 * MINUTE_MS)
  expect(now().getTime()).toBe(WEB.getTime() + DAY_MS + 10 * MINUTE_MS)
})

it('both clocks a day later are right again with the next wake-up', () => {
  const clock = woken(WEB.getTime())
  const later = WEB.getTime() + DAY_MS
  vi.setSystemTime(later)
  clock.compare(String(later))
  expect(clock.now().getTime()).toBe(later)
})

it.each(['', 'x'])('a wake-up without a time (%s) changes nothing', (payload) => {
  const clock = woken(WEB.getTime() + DAY_MS, payload)
  expect(clock.now().getTime()).toBe(WEB.getTime() + DAY_MS)
})
