import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideOn, NUMBER_USES } from '@/lib/contacts'

const ANSWERS = ['yes', 'no', 'unknown'] as const

const anyUse = fc.constantFrom(...NUMBER_USES)
const anyAnswer = fc.constantFrom(...ANSWERS)
const anySignals = fc.record({ recycled: anyAnswer, simSwapped: anyAnswer })

/** What happens where neither signal says anything. */
const AS_BEFORE = { isSent: true, isMarked: false, isHeld: false }

describe('the decision about a number', () => {
  it('is as before for whatever the operator does not know', () => {
    fc.assert(
      fc.property(anyUse, anySignals, (use, signals) => {
        if (Object.values(signals).includes('yes')) return
        expect(decideOn(use, signals)).toEqual(AS_BEFORE)
      }),
    )
  })

  it('makes no difference between "no" and "unknown"', () => {
    const known = (answer: (typeof ANSWERS)[number]) => (answer === 'unknown' ? 'no' : answer)
    fc.assert(
      fc.property(anyUse, anySignals, (use, { recycled, simSwapped }) => {
        const asked = { recycled: known(recycled), simSwapped: known(simSwapped) }
        expect(decideOn(use, { recycled, simSwapped })).toEqual(decideOn(use, asked))
      }),
    )
  })

  it('sends nothing to a number that it marks, and marks only a recycled one', () => {
    fc.assert(
      fc.property(anyUse, anySignals, (use, signals) => {
        const { isSent, isMarked, isHeld } = decideOn(use, signals)
        if (isMarked) expect([isSent, isHeld, signals.recycled]).toEqual([false, false, 'yes'])
      }),
    )
  })

  it('never keeps a code of a reset from a number whose SIM was swapped: it waits', () => {
    fc.assert(
      fc.property(anyAnswer, (recycled) => {
        const { isSent, isHeld } = decideOn('reset', { recycled, simSwapped: 'yes' })
        expect([isSent, isHeld]).toEqual(recycled === 'yes' ? [false, false] : [true, true])
      }),
    )
  })

  it('always sends the code by which an owner verifies the number again', () => {
    fc.assert(
      fc.property(anySignals, (signals) => {
        expect(decideOn('reclaim', signals)).toEqual(AS_BEFORE)
      }),
    )
  })

  it('is printed in docs/security.md', () => {
    const docs = readFileSync('docs/security.md', 'utf8')
    for (const use of NUMBER_USES)
      for (const recycled of ['yes', 'no'] as const)
        for (const simSwapped of ['yes', 'no'] as const) {
          const { isSent, isMarked, isHeld } = decideOn(use, { recycled, simSwapped })
          const cells = [use, recycled, simSwapped, ...[isSent, isMarked, isHeld].map(wordOf)]
          expect(docs).toContain(`| ${cells.join(' | ')} |`)
        }
  })
})

const wordOf = (holds: boolean) => (holds ? 'yes' : 'no')
