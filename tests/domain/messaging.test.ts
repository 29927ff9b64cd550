import { beforeEach, describe, expect, it } from 'vitest'
import { listInbox, sendMessages } from '@/lib/messaging'
import { db, transaction } from '@/lib/platform/db'
import {
  CODE,
  clear,
  clock,
  code,
  deliverAt,
  EMAIL,
  email,
  listQueue,
  minutesLater,
  NOW,
  notice,
  PHONE,
  read,
  sms,
  written,
} from '../support/messaging-actions'

beforeEach(clear)

describe('a message', () => {
  it('exists, and waits in the queue, if and only if its cause committed', async () => {
    const cause = transaction(async (tx) => {
      await sendMessages(tx, [sms(), email()], NOW)
      expect(await tx.message.count()).toBe(2)
      throw new Error('the cause fails')
    })
    await expect(cause).rejects.toThrow('the cause fails')
    expect([await db().message.count(), await listQueue()]).toEqual([0, []])

    const rows = await written(sms(), email())
    const queue = await listQueue()
    expect(queue.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort())
  })

  it('with a code is sent before earlier notices', async () => {
    const [, , last] = await written(sms(notice), email(notice), sms(code))
    expect((await listQueue())[0]?.id).toBe(last?.id)
  })

  it('without a recipient is stored and waits like any other', async () => {
    const [nobody, somebody] = await written({ ...email(), to: null }, sms())
    expect(Object.keys(nobody ?? {})).toEqual(Object.keys(somebody ?? {}))
    expect([nobody?.sealedTo, typeof nobody?.sealedBody]).toEqual([null, 'string'])
    expect(await listQueue()).toHaveLength(2)
  })
})

describe('the delivery of a message', () => {
  it('sends it to its address, settles it and erases its body', async () => {
    const [row] = await written(sms())
    await deliverAt(row?.id ?? '', clock)
    const settled = await read(row?.id ?? '')
    expect(settled).toMatchObject({
      sentAt: NOW,
      provider: 'inbox',
      providerId: row?.id,
      attempts: 1,
      sealedBody: null,
      failedAt: null,
      lastError: null,
      runAt: null,
      claimedBy: null,
    })
    const [received, ...others] = await listInbox(PHONE, 10)
    expect(others).toEqual([])
    expect(received).toMatchObject({
      id: row?.id,
      channel: 'sms',
      to: PHONE.value,
      kind: 'code.reset_password',
    })
    expect(received?.text).toMatch(new RegExp(`^${CODE} [^]*\\n@localhost #${CODE}$`))
  })

  it('is in the language of its reader', async () => {
    const rows = await written({ ...email(), locale: 'en' })
    for (const { id } of rows) await deliverAt(id, clock)
    expect(await listInbox(EMAIL, 10)).toMatchObject([
      { subject: `${CODE} is your Blibli code to reset your password` },
    ])
  })

  it('happens once, however often it is requested', async () => {
    const [row] = await written(sms())
    for (let time = 0; time < 3; time++) await deliverAt(row?.id ?? '', clock)
    expect(await read(row?.id ?? '')).toMatchObject({ attempts: 1 })
    expect(await listInbox(null, 10)).toHaveLength(1)
  })

  it('is skipped after its expiry: the message is settled as expired and its body erased', async () => {
    const [row] = await written(sms())
    await deliverAt(row?.id ?? '', () => minutesLater(10))
    expect(await read(row?.id ?? '')).toMatchObject({
      sentAt: null,
      failedAt: minutesLater(10),
      lastError: 'expired',
      sealedBody: null,
    })
    expect(await listInbox(null, 10)).toEqual([])
  })

  it('without a recipient sends nothing', async () => {
    const [row] = await written({ ...sms(), to: null })
    await deliverAt(row?.id ?? '', clock)
    expect(await read(row?.id ?? '')).toMatchObject({
      sentAt: null,
      failedAt: NOW,
      lastError: 'withheld',
      sealedBody: null,
    })
    expect(await listInbox(null, 10)).toEqual([])
  })

  it('is retried later when the message cannot be decrypted, without details in its error', async () => {
    const [row] = await written(sms())
    await db().message.updateMany({ data: { sealedBody: 'gone.AAAA' } })
    await deliverAt(row?.id ?? '', clock)
    expect(await read(row?.id ?? '')).toMatchObject({
      sentAt: null,
      failedAt: null,
      lastError: 'unreadable',
      attempts: 1,
    })
    expect(await listQueue()).toMatchObject([{ id: row?.id, claimedBy: null }])
  })
})

describe('the local inbox', () => {
  it('lists the messages to one address, newest first, up to a limit', async () => {
    const rows = await written(sms(notice), sms(code), email(code))
    for (const { id } of rows) await deliverAt(id, clock)
    expect((await listInbox(PHONE, 10)).map(({ kind }) => kind)).toEqual([
      'code.reset_password',
      'notice.password_reset',
    ])
    expect((await listInbox(EMAIL, 10)).map(({ channel }) => channel)).toEqual(['email'])
    expect((await listInbox(null, 2)).map(({ channel }) => channel)).toEqual(['email', 'sms'])
  })
})
