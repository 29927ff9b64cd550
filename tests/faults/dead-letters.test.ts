import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it } from 'vitest'
import { listDeadLetters, replayMessage } from '@/lib/messaging'
import { wipeExpired } from '@/lib/messaging/worker/housekeeping'
import { db } from '@/lib/platform/db'
import { atOnce, countOutcomes } from '@/tests/support/accounts'
import {
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
import { startFakes } from './messaging-fakes'

const fakes = await startFakes()

beforeEach(() => {
  fakes.answers.twilio = { status: 400, body: { code: 21211 } }
})

/** A notice by SMS that was given up. */
async function buried() {
  const [row] = await written(sms(notice))
  const id = row?.id ?? ''
  await deliverAt(id, clock)
  return id
}

const ids = async () => (await listDeadLetters()).map(({ id }) => id)

describe('the list of dead letters', () => {
  it('says of each what it was, when, after how many attempts and why, and no address', async () => {
    const id = await buried()
    const letters = await listDeadLetters()
    const expected = {
      channel: 'sms',
      kind: 'notice.password_reset',
      createdAt: NOW,
      failedAt: NOW,
      attempts: 1,
    }
    expect(letters).toEqual([{ id, ...expected, lastError: 'twilio 21211' }])
    expect(JSON.stringify(letters)).not.toContain(PHONE.value)
  })

  it('holds what expired unsent, and codes', async () => {
    const [row] = await written(sms(code))
    await wipeExpired(minutesLater(10))
    expect(await listDeadLetters()).toMatchObject([{ id: row?.id, lastError: 'expired' }])
  })

  it('holds neither what waits, nor what was sent, nor what was meant for nobody', async () => {
    const [sent, nobody] = await written(
      email(notice),
      { ...sms(notice), to: null },
      { ...email(code), to: EMAIL },
    )
    for (const row of [sent, nobody]) await deliverAt(row?.id ?? '', clock)
    expect(await listDeadLetters()).toEqual([])
  })

  it('is in the order in which they were given up', async () => {
    const rows = await written(sms(notice), email(notice), sms(code))
    const order = [rows[1], rows[2], rows[0]].map((row) => row?.id ?? '')
    for (const [index, id] of order.entries())
      await db().message.update({
        where: { id },
        data: { failedAt: minutesLater(index), lastError: 'twilio 500' },
      })
    expect(await ids()).toEqual(order)
  })
})

describe('a dead letter that is replayed', () => {
  it('has all its attempts again, and arrives', async () => {
    const id = await buried()
    fakes.answers.twilio = 'accept'
    expect(await replayMessage(id, NOW)).toEqual({ ok: true, value: undefined })
    expect(await read(id)).toMatchObject({ attempts: 0, failedAt: null, lastError: null })
    expect(await listQueue()).toMatchObject([{ id, runAt: NOW, urgency: 1 }])
    await deliverAt(id, clock)
    expect(await read(id)).toMatchObject({
      sentAt: NOW,
      provider: 'twilio',
      attempts: 1,
      sealedBody: null,
    })
    expect(fakes.received.at(-1)?.to).toBe(PHONE.value)
    expect(await ids()).toEqual([])
  })

  it('is replayed once, of twenty who ask at once', async () => {
    const id = await buried()
    expect(countOutcomes(await atOnce(20, () => replayMessage(id, NOW)))).toEqual({
      done: 1,
      waiting: 19,
    })
    expect(await listQueue()).toHaveLength(1)
  })
})

describe('a replay is refused', () => {
  const refusals = async (id: string, now = NOW) => {
    const before = await db().message.findMany()
    const outcome = await replayMessage(id, now)
    expect(await db().message.findMany()).toEqual(before)
    expect((await listQueue()).filter(({ id: queued }) => queued === id)).toEqual(
      before.filter(({ runAt }) => runAt),
    )
    return outcome
  }

  it.each(['', 'one', randomUUID()])('when there is no such message: "%s"', async (id) => {
    expect(await refusals(id)).toEqual({ ok: false, refusal: 'unknown' })
  })

  it.each([
    ['code', { kind: 'code.register' }],
    ['sent', { sentAt: NOW, sealedBody: null }],
    ['waiting', { failedAt: null }],
    ['nobody', { sealedTo: null }],
    ['expired', { expiresAt: NOW }],
    ['wiped', { sealedBody: null }],
  ])('as %s', async (refusal, data) => {
    const id = await buried()
    await db().message.update({ where: { id }, data })
    expect(await refusals(id)).toEqual({ ok: false, refusal })
  })
})

describe('the command', () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['server/run.mjs', 'messages', ...args], {
      env: process.env,
    })

  it('lists dead letters without an address, sends one again, and says why it does not do so twice', async () => {
    const id = await buried()
    const { stdout } = await run('failed')
    expect(stdout).toContain(`${id}  sms  notice.password_reset  written ${NOW.toISOString()}`)
    expect(stdout).toContain('after 1 attempt(s): twilio 21211\n1 message(s) failed.')
    expect(stdout).not.toContain(PHONE.value)
    await db().message.update({
      where: { id },
      data: { expiresAt: new Date(Date.now() + 600_000) },
    })
    expect((await run('replay', id)).stdout).toContain(`will send message ${id} again`)
    expect(await listQueue()).toMatchObject([{ id }])
    await expect(run('replay', id)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('It has not failed'),
    })
  }, 60_000)
})
