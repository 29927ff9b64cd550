import { describe, expect, it } from 'vitest'
import { requestRemoval } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import {
  findLiftStep,
  findRestriction,
  findUnfreeze,
  liftRestriction,
  requestLift,
} from '@/lib/recovery'
import {
  type Account,
  callerOf,
  expectDone,
  later,
  MINUTE,
  makeRecoverable,
} from '../support/accounts'
import { kindsTo, newestCode, readOutbox } from '../support/outbox'
import {
  begin,
  complete as completeUnfreeze,
  frozenGuarded,
  SEEN,
  stop,
  verifiedUnfreeze,
} from './freeze-actions'
import { complete, passedReset, start } from './reset-actions'

const SOON = later(MINUTE)

async function restricted() {
  const account = await makeRecoverable()
  await expectDone(complete(await passedReset(account)))
  return account
}

async function askToLift(account: Account, now: Date) {
  const [lifter] = (await findRestriction(account.userId, now))?.lifters ?? []
  await expectDone(requestLift(callerOf(account, now), lifter?.id ?? ''))
}

const confirmPrimaryEmail = ({ userId }: Account) =>
  db().address.updateMany({
    where: { userId, role: 'primary', kind: 'email' },
    data: { confirmedAt: SOON },
  })

describe('another account is left as it is', () => {
  it('by the lift of a restriction, which shows its own code', async () => {
    const [first, second] = [await restricted(), await restricted()]
    const times = [SOON, later(2, SOON)] as const
    await askToLift(first, times[0])
    await askToLift(second, times[1])
    const sentAt = async ({ userId }: Account) => (await findLiftStep(userId, times[1]))?.codeSentAt
    expect([await sentAt(first), await sentAt(second)]).toEqual(times.map(Number))
    const code = await newestCode(second.recovery)
    await expectDone(liftRestriction(callerOf(second, times[1]), code))
    expect(await sentAt(second)).toBeUndefined()
    expect(await findRestriction(first.userId, times[1])).not.toBeNull()
    expect(await sentAt(first)).toBe(Number(times[0]))
  })

  it('by a freeze, which closes the open codes of its own account', async () => {
    const [first, second] = [await makeRecoverable(), await makeRecoverable()]
    for (const account of [first, second])
      await expectDone(requestRemoval(callerOf(account, SOON), 'email'))
    await stop(second, SOON)
    const open = ({ userId }: Account) =>
      db().challenge.count({ where: { userId, purpose: 'remove_recovery', closedAt: null } })
    expect([await open(first), await open(second)]).toEqual([1, 0])
  })

  it('by an unfreeze, which ends every unfreeze of its own account', async () => {
    const [first, second] = [await frozenGuarded(), await frozenGuarded()]
    const [foreign, own] = [await begin(first), await begin(second)]
    await expectDone(completeUnfreeze(await verifiedUnfreeze(second)))
    expect(await findUnfreeze(foreign, SEEN)).not.toBeNull()
    expect(await findUnfreeze(own, SEEN)).toBeNull()
  })
})

describe('a reset by the primary phone', () => {
  it('sends nothing to the confirmed primary e-mail', async () => {
    const account = await makeRecoverable()
    await confirmPrimaryEmail(account)
    const before = await kindsTo(account.email)
    await expectDone(start(account.email, 'primary_phone', SOON))
    expect(await kindsTo(account.email)).toEqual(before)
    expect((await kindsTo(account.phone))[0]).toBe('code.reset_password')
  })

  it.each([
    ['primary_phone', 'sms'],
    ['recovery', 'email'],
  ] as const)(
    'of an unknown account writes a message of the same channel: %s, %s',
    async (choice, channel) => {
      const { recovery } = await makeRecoverable()
      await expectDone(start(recovery, choice, SOON))
      expect((await readOutbox())[0]).toMatchObject({ to: null, channel })
    },
  )
})
