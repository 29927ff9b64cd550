import { randomBytes } from 'node:crypto'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Phone } from '@/lib/addresses'
import { acceptProof, requestProof } from '@/lib/platform/proof-of-work'
import { atOnce, forgetLimits, later, NOW, newPhone } from '../support/accounts'
import { prove } from '../support/proofs'

const newSubject = () => ({ purpose: 'reset', key: newPhone().value })
const WAIT = 10

/** The modules in a process that starts with these keys. */
async function proofsUnder(keys: { SEALING_KEYS: string; HASHING_KEYS: string }) {
  for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value)
  vi.resetModules()
  const [proofs, { blindIndexesOf }] = await Promise.all([
    import('@/lib/platform/proof-of-work'),
    import('@/lib/addresses'),
  ])
  const subjectOf = (phone: Phone) => {
    const [key, ...formerKeys] = blindIndexesOf(phone)
    return { purpose: 'reset', key, formerKeys }
  }
  return { ...proofs, subjectOf }
}

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

it('a proof, computed or waited for, holds after the keys were rotated', async () => {
  const phone = newPhone()
  const [sealing, hashing] = [newKey('old'), newKey('old')]
  const before = await proofsUnder({ SEALING_KEYS: sealing, HASHING_KEYS: hashing })
  const computed = await prove(await before.requestProof(before.subjectOf(phone), 1, NOW))
  const { ticket } = await before.requestProof(before.subjectOf(phone), 1, NOW)
  const after = await proofsUnder({
    SEALING_KEYS: [newKey('new'), sealing].join(),
    HASHING_KEYS: [newKey('new'), hashing].join(),
  })
  const subject = after.subjectOf(phone)
  expect(await after.acceptProof(computed, subject, 1, NOW)).toBe(true)
  expect(await after.acceptProof({ ticket }, subject, 1, later(WAIT))).toBe(true)
  const other = after.subjectOf(newPhone())
  expect(await after.acceptProof({ ticket }, other, 1, later(WAIT))).toBe(false)
})

describe('a proof that the browser computes', () => {
  it('holds at once, and only once', async () => {
    const subject = newSubject()
    const proof = await prove(await requestProof(subject, 1, NOW))
    const outcomes = await atOnce(5, () => acceptProof(proof, subject, 1, NOW))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await acceptProof(proof, subject, 1, later(WAIT))).toBe(false)
  })

  it('is worth nothing for another purpose, another identifier or another ticket', async () => {
    const subject = newSubject()
    const proof = await prove(await requestProof(subject, 1, NOW))
    const { ticket } = await requestProof(subject, 1, NOW)
    for (const [given, of] of [
      [proof, { ...subject, purpose: 'login' }],
      [proof, { ...subject, key: newPhone().value }],
      [{ ...proof, ticket }, subject],
    ] as const)
      expect(await acceptProof(given, of, 1, NOW)).toBe(false)
    expect(await acceptProof(proof, subject, 1, NOW)).toBe(true)
  })

  it('must solve the challenge that was asked, unaltered', async () => {
    const subject = newSubject()
    const { ticket, challenge } = await requestProof(subject, 16, NOW)
    const easier = { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '0' } }
    const forged = await prove({ ticket, challenge: easier, waitSeconds: WAIT })
    const solution = { counter: 1, derivedKey: `${challenge.parameters.keyPrefix}00` }
    const malformed = ['', '{', '[]', '{"challenge":1}', JSON.stringify({ challenge, solution })]
    for (const text of [forged.solution, ...malformed])
      expect(await acceptProof({ ticket, solution: text }, subject, 1, NOW)).toBe(false)
  })

  it('expires with its ticket', async () => {
    const subject = newSubject()
    const request = await requestProof(subject, 1, NOW)
    const proof = await prove(request)
    expect(await acceptProof(proof, subject, 1, later(WAIT + 15 * 60 + 1))).toBe(false)
    expect(await acceptProof(proof, subject, 1, later(WAIT + 15 * 60))).toBe(true)
  })

  it('is harder with more effort', async () => {
    const solved = async (effort: number) => {
      const outcomes = []
      for (let time = 0; time < 4; time++) outcomes.push(await isSolvedWithin(501, effort))
      return outcomes.filter(Boolean).length
    }
    expect(await solved(1)).toBe(4)
    expect(await solved(16)).toBeLessThan(4)
  })
})

describe('a ticket of a browser that computes nothing', () => {
  it('holds once its wait is over, and then only once', async () => {
    const subject = newSubject()
    const { ticket, waitSeconds } = await requestProof(subject, 1, NOW)
    expect(waitSeconds).toBe(WAIT)
    expect(await acceptProof({ ticket }, subject, 1, later(WAIT - 1))).toBe(false)
    expect(await acceptProof({ ticket }, subject, 1, later(WAIT))).toBe(true)
    await forgetTurns(subject)
    expect(await acceptProof({ ticket }, subject, 1, later(WAIT))).toBe(false)
  })

  it('waits longer with more effort, at most five minutes', async () => {
    const waits = []
    for (const effort of [1, 2, 4, 16, 64])
      waits.push((await requestProof(newSubject(), effort, NOW)).waitSeconds)
    expect(waits).toEqual([10, 20, 40, 160, 300])
  })

  it('takes its turn: many tickets of one identifier gain nothing, and none is lost by it', async () => {
    const [subject, other] = [newSubject(), newSubject()]
    const tickets = await atOnce(5, async () => (await requestProof(subject, 1, NOW)).ticket)
    const held = await Promise.all(
      tickets.map((ticket) => acceptProof({ ticket }, subject, 1, later(WAIT))),
    )
    expect(held.filter(Boolean)).toHaveLength(1)
    const { ticket } = await requestProof(other, 1, NOW)
    expect(await acceptProof({ ticket }, other, 1, later(WAIT))).toBe(true)
    await forgetTurns(subject)
    const next = await Promise.all(
      tickets.map((ticket) => acceptProof({ ticket }, subject, 1, later(WAIT))),
    )
    expect(next.filter(Boolean)).toHaveLength(1)
  })

  it('goes on waiting when it is brought too early, and a used one does not', async () => {
    const subject = newSubject()
    const { ticket } = await requestProof(subject, 1, NOW)
    const again = await requestProof(subject, 2, later(6), { ticket })
    expect(again.waitSeconds).toBe(4)
    expect(await acceptProof({ ticket: again.ticket }, subject, 1, later(WAIT))).toBe(true)
    const { waitSeconds } = await requestProof(subject, 1, later(WAIT), { ticket })
    expect(waitSeconds).toBe(WAIT)
  })

  it('is not enough when the effort has grown by more than a step since', async () => {
    const subject = newSubject()
    const { ticket } = await requestProof(subject, 1, NOW)
    const { waitSeconds } = await requestProof(subject, 4, later(WAIT), { ticket })
    expect(waitSeconds).toBe(40)
    expect(await acceptProof({ ticket }, subject, 2, later(WAIT))).toBe(false)
    expect(await acceptProof({ ticket }, subject, 1, later(WAIT))).toBe(true)
  })

  it('that is forged or broken never holds', async () => {
    for (const ticket of ['', 'k1.abcd', 'nonsense'])
      expect(await acceptProof({ ticket }, newSubject(), 1, later(WAIT))).toBe(false)
  })
})

/** Whether so many trials solve a proof of this effort. */
async function isSolvedWithin(trials: number, effort: number) {
  const { challenge } = await requestProof(newSubject(), effort, NOW)
  const controller = new AbortController()
  let begun = 0
  const deriveCounted: typeof deriveKey = (...given) => {
    begun += 1
    if (begun === trials) controller.abort()
    return deriveKey(...given)
  }
  const solution = await solveChallenge({ challenge, controller, deriveKey: deriveCounted })
  return solution !== null
}

/** Lets the turn of a subject pass; used tickets stay used. */
async function forgetTurns({ purpose, key }: { purpose: string; key: string }) {
  await forgetLimits(`once:${purpose}:${key}`)
}
