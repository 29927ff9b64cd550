import { describe, expect, it } from 'vitest'
import type { AnyAddress } from '@/lib/addresses'
import { requestReverification } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { passReset } from '@/lib/recovery'
import { eventsOf, makeGuarded } from '../domain/freeze-actions'
import { DUE, HELD, heldOf, opens } from '../domain/held-actions'
import { complete, start } from '../domain/reset-actions'
import {
  type Account,
  atOnce,
  callerOf,
  DAY,
  expectDone,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
  newPhone,
  OTHER_PASSWORD,
  saveRecovery,
} from '../support/accounts'
import { kindsTo, newestCode } from '../support/outbox'
import { askOneOperator, deliverAt, deliverNewest, newestMessage, operator } from './number-actions'

askOneOperator()

const RESET = 'code.reset_password'
const numberOf = ({ userId }: Account) =>
  db().address.findFirstOrThrow({ where: { userId, role: 'primary', kind: 'phone' } })

/** Begins a reset by a code to the primary phone, and reads the code before it is sent. */
async function beginReset(account: Account, now = HELD) {
  const { secret } = await expectDone(start(account.email, 'primary_phone', now))
  return { secret, code: await newestCode(account.phone) }
}

/** Enters the code of a reset and a new password. */
async function finish({ secret, code }: { secret: string; code: string }, now = HELD) {
  const passed = await expectDone(passReset(secret, code, newOrigin(), now))
  return expectDone(complete(passed.secret, OTHER_PASSWORD, now))
}

describe('R79 the code of a reset to a number whose SIM was swapped', () => {
  it('is sent, and the new password waits', async () => {
    const account = await makeRecoverable()
    operator().answer(account.phone.value, { swapped: true })
    const begun = await beginReset(account)
    expect(await deliverNewest(account, RESET, HELD)).toMatchObject({ sentAt: HELD })
    expect(await finish(begun)).toMatchObject({ kind: 'held' })
    expect(await heldOf(account)).toMatchObject([{ dueAt: DUE }])
    expect(await opens(account, OTHER_PASSWORD, HELD)).toBe(false)
  })

  it('is asked about by the number and 72 hours, and by the day of its last verification', async () => {
    const account = await makeRecoverable()
    await beginReset(account)
    await deliverNewest(account, RESET, HELD)
    const phoneNumber = account.phone.value
    const [swap] = operator().askedOf('check')
    const [recycling] = operator().askedOf('recycling')
    expect(swap?.fields).toEqual({ phoneNumber, maxAge: 72 })
    expect(recycling?.fields).toEqual({ phoneNumber, specifiedDate: '2026-03-02' })
  })
})

describe('a number about which nothing is known', () => {
  it.each([
    ['no swap and no new owner', {}],
    ['no coverage', { check: { status: 404, code: 'IDENTIFIER_NOT_FOUND' } }],
    ['a service that does not apply', { check: { status: 422, code: 'SERVICE_NOT_APPLICABLE' } }],
  ] as const)('gets its code, and the password works at once: %s', async (_, modes) => {
    operator().modes = { ...modes }
    const account = await makeRecoverable()
    const begun = await beginReset(account)
    expect(await deliverNewest(account, RESET, HELD)).toMatchObject({ sentAt: HELD })
    expect(await finish(begun)).toMatchObject({ kind: 'set' })
  })

  it('gets its code at most two seconds later when the operator never answers', async () => {
    operator().modes = { check: 'hang', recycling: 'hang' }
    const account = await makeRecoverable()
    await beginReset(account)
    const message = await newestMessage(account, RESET)
    const began = performance.now()
    expect(await deliverAt(message.id, HELD)).toMatchObject({ sentAt: HELD })
    expect(performance.now() - began).toBeLessThan(2_000)
    operator().modes = {}
  })
})

describe('R80 a code to a recycled number', () => {
  it('is not sent; the number is marked, and the other addresses are told', async () => {
    const account = await makeRecoverable()
    operator().answer(account.phone.value, { recycled: true })
    await beginReset(account)
    expect(await deliverNewest(account, RESET, HELD)).toMatchObject({
      sentAt: null,
      lastError: 'withheld',
      sealedBody: null,
    })
    expect(await numberOf(account)).toMatchObject({ recycledAt: HELD })
    expect((await eventsOf(account)).at(-1)).toBe('number_recycled')
    expect(await kindsTo(account.recovery)).toContain('notice.number_recycled')
  })

  it('leaves the row that a decoy leaves', async () => {
    const account = await makeRecoverable()
    operator().answer(account.phone.value, { recycled: true })
    await beginReset(account)
    const kept = ({ state }: { state: Awaited<ReturnType<typeof deliverAt>> }) => {
      const { channel, kind, attempts, runAt, claimedBy, lastError, sentAt, sealedBody } = state
      return { channel, kind, attempts, runAt, claimedBy, lastError, sentAt, sealedBody }
    }
    const withheld = await deliverNewest(account, RESET, HELD)
    const { secret } = await expectDone(start(newPhone(), 'primary_phone', later(1, HELD)))
    expect(secret).not.toBe('')
    const decoy = await db().message.findFirstOrThrow({
      where: { kind: RESET, sealedTo: null, runAt: { not: null } },
    })
    expect(kept({ state: withheld })).toEqual(kept({ state: await deliverAt(decoy.id, HELD) }))
  })

  it('is told once when two workers find out at the same moment', async () => {
    const account = await makeGuarded()
    operator().answer(account.recoveryPhone.value, { recycled: true })
    await expectDone(start(account.email, 'recovery', HELD))
    const messages = await db().message.findMany({
      where: { kind: RESET, challenge: { userId: account.userId }, channel: 'sms' },
    })
    const [{ id = '' } = {}] = messages
    const { checkNumber } = await import('@/lib/contacts')
    const answers = await atOnce(20, () =>
      checkNumber({ id, kind: RESET }, account.recoveryPhone, HELD),
    )
    expect(new Set(answers)).toEqual(new Set([false]))
    const told = (await eventsOf(account)).filter((type) => type === 'number_recycled')
    expect(told).toHaveLength(1)
  })

  it('goes to the number when its signed-in owner verifies it again, without a question', async () => {
    const account = await makeRecoverable()
    operator().answer(account.phone.value, { recycled: true })
    await beginReset(account)
    await deliverNewest(account, RESET, HELD)
    operator().requests.length = 0
    const slot = { role: 'primary', kind: 'phone' } as const
    await expectDone(requestReverification(callerOf(account, HELD), slot))
    expect(await deliverNewest(account, 'code.reverify_recovery', HELD)).toMatchObject({
      sentAt: HELD,
    })
    expect(operator().requests).toEqual([])
  })
})

describe('the operator is not asked', () => {
  it.each<[string, (account: Account, address: AnyAddress) => Promise<unknown>, string]>([
    ['a number that nobody has confirmed', saveRecovery, 'code.confirm_recovery'],
  ])('about %s', async (_, act, kind) => {
    const account = await makeAccount()
    await act(account, newPhone())
    expect(await deliverNewest(account, kind, NOW)).toMatchObject({ sentAt: NOW })
    expect(operator().requests).toEqual([])
  })

  it('about an e-mail address', async () => {
    const account = await makeRecoverable()
    await expectDone(start(account.email, 'recovery', HELD))
    expect(await deliverNewest(account, RESET, HELD)).toMatchObject({ sentAt: HELD })
    expect(operator().requests).toEqual([])
  })
})

it('a number that another account holds, too, is marked there when a code goes to it', async () => {
  const shared = newPhone()
  const [one, other] = [await makeRecoverable(shared), await makeRecoverable(shared)]
  operator().answer(shared.value, { recycled: true })
  for (const account of [one, other]) {
    await expectDone(start(account.email, 'recovery', later(DAY, HELD)))
    await deliverNewest(account, RESET, later(DAY, HELD))
  }
  const marked = await db().address.count({
    where: { recycledAt: later(DAY, HELD), role: 'recovery' },
  })
  expect(marked).toBe(2)
})
