import { describe, expect, it } from 'vitest'
import { renderEmail } from '@/emails'
import { listActivity } from '@/lib/activity'
import { formatAddress } from '@/lib/addresses'
import { renderMessage } from '@/lib/messaging'
import { type Incident, incidentSchema, listAffected, tellAffected } from '@/lib/personal-data'
import type { Affected, Scope } from '@/lib/personal-data/affected'
import { db } from '@/lib/platform/db'
import {
  atOnce,
  DAY,
  HOUR,
  later,
  makeAccount,
  makeNewAccount,
  NOW,
  signIn,
} from '../support/accounts'
import { messagesTo } from '../support/outbox'
import { record } from './activity-actions'
import { stop } from './freeze-actions'
import { erase } from './person-actions'

const INCIDENT: Incident = {
  name: 'cadangan-2026-03',
  at: later(HOUR).toISOString(),
  id: { what: 'Salinan cadangan terbaca orang lain.', advice: 'Ganti kata sandimu.' },
  en: { what: 'A backup was read by somebody else.', advice: 'Change your password.' },
}

async function affected(scope: Scope, fromDay: number, toDay: number) {
  const found: Affected[] = []
  const window = { from: later(fromDay * DAY), to: later(toDay * DAY), scope }
  for await (const person of listAffected(window)) found.push(person)
  return found
}

const idsOf = async (persons: Promise<Affected[]>) => (await persons).map(({ userId }) => userId)

describe('R69 the persons whom an incident concerns', () => {
  it('are all whose data were stored in the window, with their usable addresses', async () => {
    const [account, erased] = [await makeAccount(), await makeAccount()]
    await erase(erased, later(2 * DAY))
    const listed = await affected('all', 1, 3)
    const found = listed.find(({ userId }) => userId === account.userId)
    expect({ ...found, addresses: found?.addresses.toSorted() }).toEqual({
      userId: account.userId,
      name: account.name,
      language: 'id',
      isErased: false,
      addresses: [account.phone, account.email].map(formatAddress).toSorted(),
      unreadable: 0,
      events: 0,
    })
    expect(listed.find(({ userId }) => userId === erased.userId)).toMatchObject({
      isErased: true,
      addresses: [],
      events: 1,
    })
    expect(await idsOf(affected('all', 3, 4))).not.toContain(erased.userId)
    expect(await idsOf(affected('all', -2, -1))).not.toContain(account.userId)
  })

  it('are those that were active: an event, or a session that was used', async () => {
    const [quiet, changed, signedIn] = [
      await makeAccount(),
      await makeAccount(),
      await makeAccount(),
    ]
    await record(changed, 'password_changed', later(10 * DAY))
    await signIn(signedIn.userId, later(10 * DAY))
    const active = await idsOf(affected('active', 9, 11))
    expect(active).toEqual([changed.userId, signedIn.userId].toSorted())
    expect(active).not.toContain(quiet.userId)
  })
})

describe('R69 the notice of an incident', () => {
  it('goes once to every usable address, with an event, frozen or not', async () => {
    const account = await makeAccount()
    await stop(account, NOW)
    const told = await atOnce(3, () => tellAffected(account.userId, INCIDENT, later(DAY)))
    expect(told.toSorted()).toEqual(['told', 'told_before', 'told_before'])
    for (const address of [account.phone, account.email]) {
      const notices = (await messagesTo(address)).filter(({ kind }) => kind === 'incident')
      expect(notices).toMatchObject([{ expiresAt: later(4 * DAY) }])
    }
    const { entries } = await listActivity(account.userId)
    expect(entries[0]).toMatchObject({ type: 'incident_notified', notices: { sending: 2 } })
    const other = { ...INCIDENT, name: 'lain' }
    expect(await tellAffected(account.userId, other, later(DAY))).toBe('told')
  })

  it.each([
    ['id', 'Salinan cadangan terbaca orang lain.', 'Ganti kata sandimu.', '2 Mar 2026, 11.00 WIB'],
    ['en', 'A backup was read by somebody else.', 'Change your password.', '2 Mar 2026, 11:00 WIB'],
  ] as const)(
    'says in %s what happened, when, and what to do, by SMS too',
    async (locale, what, advice, at) => {
      const account = await makeAccount()
      await db().user.update({ where: { id: account.userId }, data: { locale } })
      await tellAffected(account.userId, INCIDENT, later(DAY))
      for (const [address, channel] of [
        [account.email, 'email'],
        [account.phone, 'sms'],
      ] as const) {
        const [newest] = await messagesTo(address)
        const content = newest?.content ?? { kind: 'already_registered' as const }
        const { text } = await renderMessage(content, channel, locale, renderEmail)
        for (const words of [what, advice, at]) expect(text).toContain(words)
      }
    },
  )

  it('goes to nobody without an account or a usable address', async () => {
    const erased = await makeAccount()
    await erase(erased)
    expect(await tellAffected(erased.userId, INCIDENT, NOW)).toBe('unreachable')
    const nobody = '5e4b2f3c-8f4e-4b0e-9f55-0f6a7c1d2e3f'
    expect(await tellAffected(nobody, INCIDENT, NOW)).toBe('unreachable')
    const unproven = await makeNewAccount()
    await tellAffected(unproven.userId, INCIDENT, NOW)
    expect((await messagesTo(unproven.email)).map(({ kind }) => kind)).not.toContain('incident')
  })

  it.each([
    ['no text in one language', { en: undefined }],
    ['a text that is too long for an SMS', { id: { what: 'x'.repeat(301), advice: 'x' } }],
    ['a time without its zone', { at: '2026-03-02 10:00' }],
    ['a name with spaces', { name: 'dua kata' }],
  ])('is refused with %s', (_, change) => {
    expect(incidentSchema.safeParse({ ...INCIDENT, ...change }).success).toBe(false)
    expect(incidentSchema.safeParse(INCIDENT).success).toBe(true)
  })
})
