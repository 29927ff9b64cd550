import { expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { type Change, closeAll, freezeOnly, overtake } from './overtake-actions'
import { CODE_FLOWS } from './overtake-flows'

type Purpose = keyof typeof CODE_FLOWS

const isPurpose = (name: string): name is Purpose => name in CODE_FLOWS

/** Asserts that a right code passes nothing when `change` overtakes it. */
async function expectGone(purpose: Purpose, change: Change) {
  const { account, work } = await CODE_FLOWS[purpose]()
  const { outcome, before, after } = await overtake(account, change, work)
  expect(outcome).toEqual(refuse('challenge_gone'))
  expect(after).toEqual(before)
  const passed = { userId: account.userId, purpose, passedAt: { not: null } }
  expect(await db().challenge.count({ where: passed })).toBe(0)
}

it.each(Object.keys(CODE_FLOWS).filter(isPurpose))(
  'a right code of %s passes nothing when its account is frozen meanwhile',
  (purpose) => expectGone(purpose, freezeOnly),
)

it.each(['confirm_recovery', 'reset_password'] as const)(
  'a right code of %s passes nothing when its challenge is closed meanwhile',
  (purpose) => expectGone(purpose, closeAll),
)
