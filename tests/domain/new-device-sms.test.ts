import { describe, expect, it, vi } from 'vitest'
import { logIn } from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { renderMessage } from '@/lib/messaging'
import { db, transaction } from '@/lib/platform/db'
import { done } from '@/lib/platform/result'
import { freezeByLink } from '@/lib/recovery'
import {
  type Account,
  atOnce,
  expectDone,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newOrigin,
  PASSWORD,
} from '../support/accounts'
import { holdUser } from '../support/gate'
import { kindsTo, messagesTo } from '../support/outbox'

const enter = ({ email }: Account, now: Date) =>
  expectDone(logIn({ identifier: email.value, password: PASSWORD, origin: newOrigin(), now }))

/** An account whose first log-in has happened, which nobody is notified of. */
async function used() {
  const account = await makeAccount()
  await enter(account, NOW)
  return account
}

/** The SMS about new devices, the oldest first: when each goes, and how many devices it reports. */
async function smsOf({ phone }: Account) {
  const sent = (await messagesTo(phone)).filter(({ kind }) => kind === 'notice.new_device')
  const rows = await db().message.findMany({ where: { id: { in: sent.map(({ id }) => id) } } })
  return sent
    .map(({ id, content }) => {
      const row = rows.find((one) => one.id === id)
      const times = content.kind === 'notice' ? (content.times ?? 1) : 0
      return { at: row?.dueAt ?? row?.createdAt, times }
    })
    .sort((one, other) => Number(one.at) - Number(other.at))
}

const newDevices = (kinds: string[]) => kinds.filter((kind) => kind === 'notice.new_device')

describe('log-ins from new devices', () => {
  it('cause one SMS at once and one for all others, ten minutes later, and an e-mail each', async () => {
    const account = await used()
    for (const minute of [1, 2, 3, 9]) await enter(account, later(minute * MINUTE))
    expect(await smsOf(account)).toEqual([
      { at: later(1 * MINUTE), times: 1 },
      { at: later(11 * MINUTE), times: 3 },
    ])
    expect(newDevices(await kindsTo(account.email))).toHaveLength(4)
  })

  it('are never reported by two SMS within ten minutes', async () => {
    const account = await used()
    for (const minute of [1, 2, 12, 13, 22]) await enter(account, later(minute * MINUTE))
    expect(await smsOf(account)).toEqual([
      { at: later(1 * MINUTE), times: 1 },
      { at: later(11 * MINUTE), times: 1 },
      { at: later(21 * MINUTE), times: 2 },
      { at: later(31 * MINUTE), times: 1 },
    ])
  })

  it('ten minutes apart cause an SMS at once each', async () => {
    const account = await used()
    for (const minute of [1, 11]) await enter(account, later(minute * MINUTE))
    expect(await smsOf(account)).toEqual([
      { at: later(1 * MINUTE), times: 1 },
      { at: later(11 * MINUTE), times: 1 },
    ])
  })

  it('at the same time are gathered too', async () => {
    const account = await used()
    const gate = await holdUser(account.userId)
    const entered = atOnce(5, () => enter(account, later(MINUTE)))
    await gate.crowd(5)
    await gate.open()
    await entered
    expect(await smsOf(account)).toEqual([
      { at: later(MINUTE), times: 1 },
      { at: later(11 * MINUTE), times: 4 },
    ])
  })

  it('of another account are not gathered with them', async () => {
    const [one, other] = [await used(), await used()]
    for (const account of [one, other]) await enter(account, later(MINUTE))
    for (const account of [one, other]) expect(await smsOf(account)).toHaveLength(1)
  })
})

describe('the SMS about several devices', () => {
  it('names their number, and its link freezes the account', async () => {
    const account = await used()
    for (const minute of [1, 2, 3]) await enter(account, later(minute * MINUTE))
    const joined = (await messagesTo(account.phone)).find(
      ({ content }) => content.kind === 'notice' && content.times === 2,
    )
    if (joined?.content.kind !== 'notice') throw new Error('there is no such SMS')
    const { text } = await renderMessage(joined.content, 'sms', 'id', vi.fn())
    expect(text).toMatch(/^Blibli: 2 perangkat baru masuk ke akunmu\. Bukan kamu\? http/)
    const token = joined.content.link ?? ''
    expect(await freezeByLink(token, newOrigin(), later(4 * MINUTE))).toEqual(done())
  })
})

describe('an account that has had eight SMS in an hour', () => {
  const changed = (account: Account, now: Date) =>
    transaction(async (tx) => {
      const notify = await listAddresses(tx, account.userId)
      const event = { userId: account.userId, type: 'password_changed' } as const
      await recordEvent(tx, { ...event, origin: newOrigin(), now, notify })
    })
  const smsCount = async ({ phone }: Account) => (await messagesTo(phone)).length

  it('gets the next notice of a new device by e-mail alone, and that of a change by SMS too', async () => {
    const account = await used()
    for (let nth = 0; nth < 7; nth++) await changed(account, later(MINUTE))
    const before = await smsCount(account)
    expect(before).toBe(8)
    await enter(account, later(2 * MINUTE))
    expect(await smsCount(account)).toBe(before)
    expect(newDevices(await kindsTo(account.email))).toHaveLength(1)
    await changed(account, later(3 * MINUTE))
    expect(await smsCount(account)).toBe(before + 1)
    await enter(account, later(HOUR + 2 * MINUTE))
    expect(await smsOf(account)).toEqual([{ at: later(HOUR + 2 * MINUTE), times: 1 }])
  })

  it('counts its own alone', async () => {
    const [busy, account] = [await used(), await used()]
    for (let nth = 0; nth < 8; nth++) await changed(busy, later(MINUTE))
    await enter(account, later(2 * MINUTE))
    expect(await smsOf(account)).toHaveLength(1)
  })
})
