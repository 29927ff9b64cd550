import { describe, expect, it } from 'vitest'
import { recordRecycled } from '@/lib/contacts/check-number'
import { deleteOld } from '@/lib/personal-data/prune'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { releaseDue } from '@/lib/recovery'
import { DAY, later, NOW } from '../support/accounts'
import { faultsOf, rowsOf } from './activity-actions'
import { makeGuarded } from './freeze-actions'
import { DUE, heldOf, holdReset } from './held-actions'

describe('R57 the retention of what operators said', () => {
  it('deletes a password that waited after its links, and its challenge after it', async () => {
    const account = await makeGuarded()
    await holdReset(account)
    const [held] = await heldOf(account)
    const challenge = () => db().challenge.count({ where: { id: held?.challengeId ?? '' } })
    await releaseDue(DUE)
    await deleteOld(later((env().RETENTION_CHALLENGES_DAYS - 1) * DAY, DUE))
    expect([await heldOf(account), await challenge()]).toMatchObject([[{ id: held?.id }], 1])
    const over = later(
      Math.max(env().RETENTION_CHALLENGES_DAYS, env().RETENTION_LINKS_DAYS) * DAY,
      DUE,
    )
    await deleteOld(over)
    expect([await heldOf(account), await challenge()]).toEqual([[], 0])
  })

  it('empties what an event says of a number after 90 days; the activity still verifies', async () => {
    const account = await makeGuarded()
    const { id } = await db().address.findFirstOrThrow({
      where: { userId: account.userId, role: 'primary', kind: 'phone' },
    })
    await recordRecycled({ id, userId: account.userId, verifiedAt: NOW }, NOW)
    const detail = async () => (await rowsOf(account)).at(-1)?.detail
    await deleteOld(later(90 * DAY - 1))
    expect(await detail()).toHaveProperty('about')
    await deleteOld(later(90 * DAY))
    expect(await detail()).toEqual({})
    expect(await faultsOf(account)).toEqual([])
  })
})
