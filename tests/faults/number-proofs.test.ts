import { expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { begin, choose, makeGuarded, stop } from '../domain/freeze-actions'
import { askRelease, HELD, holdReset } from '../domain/held-actions'
import { DAY, expectDone, later } from '../support/accounts'
import { askOneOperator, deliverAt, deliverNewest, operator } from './number-actions'

askOneOperator()

it('a second proof is not sent to a swapped SIM: the code that releases a held password', async () => {
  const account = await makeGuarded()
  const secret = await holdReset(account)
  operator().answer(account.recoveryPhone.value, { swapped: true })
  await expectDone(askRelease(secret))
  const messages = await db().message.findMany({
    where: { kind: 'code.release_password', challenge: { userId: account.userId } },
  })
  const ended = await Promise.all(messages.map(({ id }) => deliverAt(id, HELD)))
  const sent = Object.fromEntries(ended.map(({ channel, sentAt }) => [channel, sentAt !== null]))
  expect(sent).toEqual({ sms: false, email: true })
  expect(
    await db().address.count({ where: { userId: account.userId, recycledAt: { not: null } } }),
  ).toBe(0)
})

it('a second proof is not sent to a swapped SIM: the code of an unfreeze', async () => {
  const account = await makeGuarded()
  await stop(account, HELD)
  const secret = await begin(account, HELD)
  operator().answer(account.phone.value, { swapped: true })
  await expectDone(choose(secret, 'primary_phone', HELD))
  const kind = 'code.unfreeze_first'
  expect(await deliverNewest(account, kind, HELD)).toMatchObject({ sentAt: null })
  const later3Days = later(3 * DAY + 1, HELD)
  operator().answer(account.phone.value, {})
  const again = await begin(account, later3Days)
  await expectDone(choose(again, 'primary_phone', later3Days))
  expect(await deliverNewest(account, kind, later3Days)).toMatchObject({ sentAt: later3Days })
})
