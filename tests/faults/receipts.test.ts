import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { receiveTwilio } from '@/lib/messaging'
import type { Receipt } from '@/lib/messaging/webhooks/receipts'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { atOnce } from '@/tests/support/accounts'
import {
  resendEvent,
  resendRequest,
  twilioFields,
  twilioRequest,
  webhookEnvironment,
} from '@/tests/support/webhooks'
import { logOf, securityLines } from '../support/log-lines'
import { clear, read } from '../support/messaging-actions'
import {
  DELIVERED,
  FAILED,
  LATER,
  LATEST,
  receipt,
  sent,
  stateOf,
  unreachableSince,
} from './receipt-actions'

beforeAll(() => {
  for (const [name, value] of Object.entries(webhookEnvironment())) vi.stubEnv(name, value)
})

afterAll(() => vi.unstubAllEnvs())

beforeEach(clear)

describe('a receipt', () => {
  it('marks a message as delivered', async () => {
    const { id, messageId } = await sent()
    await receipt('delivered')
    expect(await stateOf(messageId)).toEqual(DELIVERED)
    expect(await unreachableSince(id)).toBeNull()
  })

  it('marks a message as failed with its reason, and its address as unreachable', async () => {
    const { id, messageId } = await sent()
    await receipt('undeliverable')
    expect(await stateOf(messageId)).toEqual(FAILED)
    expect(await unreachableSince(id)).toEqual(LATER)
  })

  it('does not mark the address for another cause', async () => {
    const { id, messageId } = await sent()
    await receipt('failed')
    expect(await stateOf(messageId)).toEqual(FAILED)
    expect(await unreachableSince(id)).toBeNull()
  })

  it.each<[string, Partial<Receipt>]>([
    ['an id that we do not know', { providerId: 'SM2' }],
    ['an id of another provider', { provider: 'resend' }],
  ])('for %s changes nothing', async (_, more) => {
    const { id, messageId } = await sent()
    await receipt('delivered', more)
    await receipt('undeliverable', more)
    expect(await stateOf(messageId)).toMatchObject({ deliveredAt: null, failedAt: null })
    expect(await unreachableSince(id)).toBeNull()
  })

  it('for a message that was not sent changes nothing', async () => {
    const { messageId } = await sent()
    await db().message.update({ where: { id: messageId }, data: { sentAt: null } })
    for (const state of ['undeliverable', 'delivered'] as const) await receipt(state)
    expect(await stateOf(messageId)).toMatchObject({
      sentAt: null,
      deliveredAt: null,
      failedAt: null,
    })
  })

  it('updates the message although the key of its address is lost', async () => {
    const { messageId } = await sent()
    await db().message.update({ where: { id: messageId }, data: { sealedTo: 'gone.AAAA' } })
    await receipt('undeliverable')
    expect(await stateOf(messageId)).toEqual(FAILED)
  })

  it('updates message and address in one transaction', async () => {
    const { messageId } = await sent()
    await db()
      .$executeRaw`ALTER TABLE "Address" ADD CONSTRAINT no_mark CHECK ("unreachableAt" IS NULL) NOT VALID`
    await expect(receipt('undeliverable')).rejects.toThrow('no_mark')
    await db().$executeRaw`ALTER TABLE "Address" DROP CONSTRAINT no_mark`
    expect(await stateOf(messageId)).toMatchObject({ failedAt: null, lastError: null })
  })
})

describe('receipts of one message', () => {
  const states = fc.array(
    fc.constantFrom<Receipt['state']>('delivered', 'undeliverable', 'failed'),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  const rank = ({ deliveredAt, failedAt }: Awaited<ReturnType<typeof stateOf>>) =>
    deliveredAt ? 2 : failedAt ? 1 : 0

  it('move it forward only, with the same result in every order', async () => {
    const { id, messageId } = await sent()
    const unmark = () => db().address.update({ where: { id }, data: { unreachableAt: null } })
    const anew = { deliveredAt: null, failedAt: null, lastError: null }
    await fc.assert(
      fc.asyncProperty(states, async (order) => {
        await Promise.all([unmark(), db().message.update({ where: { id: messageId }, data: anew })])
        const ranks: number[] = []
        for (const state of order) {
          await receipt(state)
          ranks.push(rank(await stateOf(messageId)))
        }
        expect(ranks).toEqual([...ranks].sort())
        const hasArrived = order.includes('delivered')
        expect(await stateOf(messageId)).toEqual(hasArrived ? DELIVERED : FAILED)
        expect(await unreachableSince(id)).toEqual(
          !hasArrived && order[0] === 'undeliverable' ? LATER : null,
        )
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['a delivery', () => twilioFields('SM1', 'delivered'), 0],
    ['a failure', () => twilioFields('SM1', 'undelivered', [['ErrorCode', '30003']]), 1],
  ])(
    'take effect once for twenty concurrent copies of %s, each answered with 200',
    async (_, fields, warnings) => {
      const { id, messageId } = await sent()
      const warn = vi.spyOn(log, 'warn')
      const moment = (index: number) => new Date(LATER.getTime() + index)
      expect(
        await atOnce(20, (index) => receiveTwilio(twilioRequest(fields()), moment(index))),
      ).toEqual(Array(20).fill(200))
      expect(warn).toHaveBeenCalledTimes(warnings)
      const { deliveredAt, failedAt } = await read(messageId)
      expect([deliveredAt, failedAt].filter(Boolean)).toHaveLength(1)
      expect(await unreachableSince(id)).toEqual(failedAt)
      expect(await receiveTwilio(twilioRequest(fields()), LATEST)).toBe(200)
      expect(await read(messageId)).toMatchObject({ deliveredAt, failedAt })
      warn.mockRestore()
    },
  )

  it('leave it delivered after one delivery and twenty concurrent failures', async () => {
    const { id, messageId } = await sent()
    await atOnce(21, (index) => receipt(index === 10 ? 'delivered' : 'undeliverable'))
    expect(await stateOf(messageId)).toEqual(DELIVERED)
    expect(await unreachableSince(id)).toBeNull()
  })
})

describe('the web', () => {
  it('accepts receipts of both providers', async () => {
    const [{ POST: toTwilio }, { POST: toResend }] = await Promise.all([
      import('@/app/webhooks/twilio/route'),
      import('@/app/webhooks/resend/route'),
    ])
    const { messageId } = await sent()
    const fields = twilioFields('SM1', 'delivered')
    const event = resendEvent('email.delivered', 'e-1')
    expect([
      (await toTwilio(twilioRequest(fields, null))).status,
      (await read(messageId)).deliveredAt,
    ]).toEqual([401, null])
    expect([
      (await toTwilio(twilioRequest(fields))).status,
      (await read(messageId)).deliveredAt,
    ]).toEqual([200, expect.any(Date)])
    expect((await toResend(resendRequest(event))).status).toBe(200)
  })

  it('R61 refuses and logs forged receipts', async () => {
    const [{ POST: toTwilio }, { POST: toResend }] = await Promise.all([
      import('@/app/webhooks/twilio/route'),
      import('@/app/webhooks/resend/route'),
    ])
    const event = resendEvent('email.delivered', 'e-2')
    const statuses: number[] = []
    const log = await logOf(async () => {
      statuses.push((await toTwilio(twilioRequest(twilioFields('SM2', 'delivered'), null))).status)
      statuses.push((await toResend(resendRequest(event, { signature: 'v1,' }))).status)
    })
    expect(statuses).toEqual([401, 401])
    expect(securityLines(log)).toMatchObject([
      { event: 'authz_fail', subject: 'webhook', reason: 'twilio' },
      { event: 'authz_fail', subject: 'webhook', reason: 'resend' },
    ])
  })
})
