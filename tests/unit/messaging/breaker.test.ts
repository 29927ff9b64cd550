import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Breaker,
  createBreaker,
  createBreakers,
  type Health,
} from '@/lib/messaging/worker/breaker'

const NOW = new Date('2026-11-23T07:30:00.000Z')
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

const UP: Health = { kind: 'up' }
const DOWN: Health = { kind: 'down' }
const UNKNOWN: Health = { kind: 'unknown' }

/** Sends once if the breaker allows it. Returns whether it did. */
function send(breaker: Breaker, health: Health, now = NOW) {
  const isAdmitted = breaker.admit(now) === undefined
  if (isAdmitted) breaker.report(health, now)
  return isAdmitted
}

function opened(last: Health = DOWN) {
  const breaker = createBreaker('test')
  for (let time = 0; time < 4; time++) send(breaker, DOWN)
  send(breaker, last)
  return breaker
}

describe('a breaker', () => {
  it('opens at the fifth outage in a row, with the time of its end', () => {
    const breaker = createBreaker('test')
    const admitted = Array.from({ length: 7 }, () => send(breaker, DOWN))
    expect(admitted).toEqual([true, true, true, true, true, false, false])
    expect(breaker.admit(NOW)).toEqual(inSeconds(5))
  })

  it('stays closed while the provider answers once in five times', () => {
    const breaker = createBreaker('test')
    const healths = [DOWN, DOWN, DOWN, DOWN, UP]
    for (let time = 0; time < 100; time++) expect(send(breaker, healths[time % 5] ?? UP)).toBe(true)
  })

  it('stays closed for interrupted sends', () => {
    const breaker = createBreaker('test')
    for (let time = 0; time < 100; time++) expect(send(breaker, UNKNOWN)).toBe(true)
  })

  it('lets one send through at a time after its end, and delays the others', () => {
    const breaker = opened()
    expect(breaker.admit(inSeconds(4.9))).toEqual(inSeconds(5))
    expect(breaker.admit(inSeconds(5))).toBeUndefined()
    expect([breaker.admit(inSeconds(5)), breaker.admit(inSeconds(6))]).toEqual([
      inSeconds(7),
      inSeconds(8),
    ])
  })

  it('closes and resets when that send is answered', () => {
    const breaker = opened()
    send(breaker, UP, inSeconds(5))
    const admitted = Array.from({ length: 6 }, () => send(breaker, DOWN, inSeconds(6)))
    expect(admitted).toEqual([true, true, true, true, true, false])
    expect(breaker.admit(inSeconds(6))).toEqual(inSeconds(11))
  })

  it('opens for twice as long when that send fails, up to a minute', () => {
    const breaker = opened()
    let [now, waits] = [inSeconds(5), [] as number[]]
    for (let time = 0; time < 6; time++) {
      send(breaker, DOWN, now)
      const until = breaker.admit(now) ?? now
      waits = [...waits, (until.getTime() - now.getTime()) / 1_000]
      now = until
    }
    expect(waits).toEqual([10, 20, 40, 60, 60, 60])
  })

  it('lets another send through when that send is interrupted', () => {
    const breaker = opened()
    send(breaker, UNKNOWN, inSeconds(5))
    expect(send(breaker, UP, inSeconds(5))).toBe(true)
    expect(send(breaker, UP, inSeconds(5))).toBe(true)
  })

  it.each([
    [40, 40],
    [1, 5],
    [99_999, 3_600],
  ])(
    'stays open as long as the provider asks, within bounds: %i s requested are %i s',
    (asked, seconds) => {
      expect(opened({ kind: 'down', afterSeconds: asked }).admit(NOW)).toEqual(inSeconds(seconds))
    },
  )

  it('does not stay open longer for sends that began before it opened', () => {
    const breaker = opened()
    for (let time = 0; time < 5; time++) breaker.report(DOWN, inSeconds(4))
    expect(breaker.admit(inSeconds(5))).toBeUndefined()
  })

  it('closes when one of those sends is answered', () => {
    const breaker = opened()
    breaker.report(UP, inSeconds(1))
    expect(breaker.admit(inSeconds(1))).toBeUndefined()
  })

  it('stays closed for a provider that is sent too much, and admits nothing for the time that it asks', () => {
    const breaker = createBreaker('test')
    for (let time = 0; time < 10; time++)
      breaker.report({ kind: 'throttled', afterSeconds: 2 }, NOW)
    expect(breaker.peek(inSeconds(1))).toEqual(inSeconds(2))
    expect(breaker.admit(inSeconds(1))).toEqual(inSeconds(2))
    expect([send(breaker, UP, inSeconds(2)), send(breaker, UP, inSeconds(2))]).toEqual([true, true])
  })

  it('always lets a send through within an hour', () => {
    const health = fc.oneof(
      fc.constantFrom(UP, DOWN, UNKNOWN),
      fc.record({
        kind: fc.constantFrom('down' as const, 'throttled' as const),
        afterSeconds: fc.nat(99_999),
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(120), health), { maxLength: 60 }), (steps) => {
        const breaker = createBreaker('test')
        let now = NOW
        for (const [seconds, reported] of steps) {
          now = new Date(now.getTime() + seconds * 1_000)
          send(breaker, reported, now)
        }
        expect(breaker.admit(new Date(now.getTime() + 3_600_000))).toBeUndefined()
      }),
    )
  })
})

describe('the breakers of a process', () => {
  it('are separate for each provider', () => {
    const breakers = createBreakers()
    for (let time = 0; time < 5; time++) send(breakers('twilio'), DOWN)
    expect(breakers('twilio').admit(NOW)).toEqual(inSeconds(5))
    expect(breakers('vonage').admit(NOW)).toBeUndefined()
  })
})
