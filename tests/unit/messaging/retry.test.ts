import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAttemptAllowed, nextAttemptAt } from '@/lib/messaging/worker/retry'

const NOW = new Date('2026-11-23T07:30:00.000Z')
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)
const codeTried = (attempts: number, lifetimeSeconds = 600) => ({
  kind: 'code.register',
  attempts,
  expiresAt: inSeconds(lifetimeSeconds),
})
const noticeTried = (attempts: number) => ({
  kind: 'notice.password_reset',
  attempts,
  expiresAt: inSeconds(3 * 24 * 3600),
})

const waitOf = (tried: Parameters<typeof nextAttemptAt>[0]) =>
  ((nextAttemptAt(tried, NOW)?.getTime() ?? Number.NaN) - NOW.getTime()) / 1_000

describe('the wait before the next attempt', () => {
  it.each([
    [codeTried(1), 1],
    [codeTried(4), 8],
    [codeTried(15), 60],
    [noticeTried(1), 5],
    [noticeTried(5), 80],
    [noticeTried(29), 7_200],
  ])('grows up to a limit: after %o it is between half and whole of %i s', (tried, seconds) => {
    const waits = Array.from({ length: 200 }, () => waitOf(tried))
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(seconds / 2)
    expect(Math.max(...waits)).toBeLessThanOrEqual(seconds)
    expect(new Set(waits).size).toBeGreaterThan(20)
  })

  it('is never shorter than the provider asked for', () => {
    expect(nextAttemptAt(codeTried(1), NOW, 30)).toEqual(inSeconds(30))
  })

  it('never ends after the expiry of the message: no attempt follows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 19 }),
        fc.integer({ min: 1, max: 600 }),
        fc.nat(900),
        (attempts, lifetime, asked) => {
          const at = nextAttemptAt(codeTried(attempts, lifetime), NOW, asked)
          if (at) expect(at.getTime()).toBeLessThan(inSeconds(lifetime).getTime())
          else
            expect(Math.max(asked, Math.min(60, 2 ** (attempts - 1)))).toBeGreaterThanOrEqual(
              lifetime / 2,
            )
        },
      ),
    )
  })
})

describe('the number of attempts', () => {
  it('is limited', () => {
    expect([isAttemptAllowed(codeTried(20)), isAttemptAllowed(codeTried(21))]).toEqual([
      true,
      false,
    ])
    expect([isAttemptAllowed(noticeTried(30)), isAttemptAllowed(noticeTried(31))]).toEqual([
      true,
      false,
    ])
    expect(nextAttemptAt(codeTried(20), NOW)).toBeNull()
  })
})
