import { expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { endHeld } from '@/lib/recovery/held-password'
import { HOUR, later } from '../support/accounts'
import { DUE, HELD, holdReset } from './held-actions'
import { collect, makeLived } from './person-actions'

it('the export of a person has the passwords that waited, what operators said, and no hash', async () => {
  const account = await makeLived()
  await holdReset(account)
  await endHeld(db(), account.userId, 'frozen', later(HOUR, HELD))
  const section = await collect(account.userId)
  expect(section('heldPasswords')).toEqual([
    { createdAt: HELD, dueAt: DUE, endedAt: later(HOUR, HELD), outcome: 'frozen' },
  ])
  expect(section('codes').map(({ simSwapSeenAt }) => simSwapSeenAt)).toContainEqual(HELD)
  expect(section('links').filter(({ link }) => link === 'hold')).toHaveLength(3)
})
