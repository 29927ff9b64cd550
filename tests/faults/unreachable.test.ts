import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readProfile } from '@/lib/accounts'
import { receiveResend } from '@/lib/messaging'
import { db } from '@/lib/platform/db'
import { resendEvent, resendRequest, webhookEnvironment } from '@/tests/support/webhooks'
import { added, newEmail, newUser, parse, remove } from '../support/address-actions'
import { clear, NOW, read } from '../support/messaging-actions'
import { LATER, LATEST, receipt, sent, sentTo, unreachableSince } from './receipt-actions'

beforeAll(() => {
  for (const [name, value] of Object.entries(webhookEnvironment())) vi.stubEnv(name, value)
})

afterAll(() => vi.unstubAllEnvs())

beforeEach(clear)

describe('an unreachable address', () => {
  it('is marked in every account that has it, in every notation, and no other is marked', async () => {
    const text = newEmail()
    const removed = await added({ userId: await newUser(), role: 'recovery', text })
    await remove(removed.id, NOW)
    const one = await added({ userId: await newUser(), role: 'recovery', text: text.toUpperCase() })
    const other = await added({ userId: await newUser(), role: 'recovery', text: newEmail() })
    const { id } = await sent({ text, providerId: 'e-1' })
    const bounced = resendEvent('email.bounced', 'e-1', { bounce: { type: 'Permanent' } })
    expect(await receiveResend(resendRequest(bounced), LATER)).toBe(200)
    const marks = await Promise.all([id, one.id, other.id, removed.id].map(unreachableSince))
    expect(marks).toEqual([LATER, LATER, null, null])
  })

  it('keeps the time of its first failure', async () => {
    const { id, text } = await sent()
    await receipt('undeliverable')
    await sentTo(parse(text), 'SM2')
    await receipt('undeliverable', { providerId: 'SM2', now: LATEST })
    expect(await unreachableSince(id)).toEqual(LATER)
  })

  it('is reachable from the next delivery, and a repeated receipt does not mark it again', async () => {
    const { id, text, messageId } = await sent()
    await receipt('undeliverable')
    const row = await read(messageId)
    await sentTo(parse(text), 'SM2')
    await db().message.create({ data: row })
    await receipt('delivered', { providerId: 'SM2', now: LATEST })
    expect(await unreachableSince(id)).toBeNull()
    await receipt('undeliverable', { now: LATEST })
    expect(await unreachableSince(id)).toBeNull()
  })
  it('is shown in the profile until it is reachable', async () => {
    const { userId, text } = await sent()
    const shown = async () =>
      (await readProfile(userId)).recoveries.map(({ isReachable }) => isReachable)
    const before = await shown()
    await receipt('undeliverable')
    const marked = await shown()
    await sentTo(parse(text), 'SM2')
    await receipt('delivered', { providerId: 'SM2', now: LATEST })
    expect([before, marked, await shown()]).toEqual([[true], [false], [true]])
  })
})
