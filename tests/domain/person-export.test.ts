import { describe, expect, it } from 'vitest'
import { blindIndexOf, formatAddress } from '@/lib/addresses'
import { writeJson, writePage } from '@/lib/personal-data'
import type { Fact } from '@/lib/personal-data/facts'
import { OUTCOMES } from '@/lib/personal-data/read-cases'
import { type SectionName, sectionNames } from '@/lib/personal-data/words'
import { db, pool } from '@/lib/platform/db'
import { freezeByCare } from '@/lib/support'
import {
  CaseActionType,
  EventType,
  HeldPasswordEnd,
  PointsReason,
  Purpose,
} from '@/prisma/client/enums'
import { makeAccount, NOW } from '../support/accounts'
import { collect, makeLived, openIt, rowsByTable, TABLES } from './person-actions'

/** Each section as one page. */
function pagesOf(facts: Record<SectionName, Fact[]>) {
  const sections = sectionNames.map((name) => [
    name,
    async function* () {
      yield facts[name]
    },
  ])
  return Object.fromEntries(sections)
}

async function textOf(parts: AsyncIterable<string>) {
  let text = ''
  for await (const part of parts) text += part
  return text
}

const jsonOf = async (userId: string, isOperator = false) =>
  textOf(writeJson(await openIt(userId, isOperator)))

describe('the export of a person', () => {
  it('knows every table that names an account', async () => {
    expect(Object.keys(await rowsByTable(await makeLived()))).toEqual(TABLES)
  })

  it('has every row of the account, with whole addresses', async () => {
    const account = await makeLived()
    const section = await collect(account.userId)
    const rows = await rowsByTable(account)
    expect(section('account')).toMatchObject([{ id: account.userId, name: account.name }])
    const held = [account.phone, account.email, account.recoveryEmail, account.recoveryPhone]
    expect(
      section('addresses')
        .map(({ address }) => address)
        .toSorted(),
    ).toEqual(held.map(formatAddress).toSorted())
    const counted = ['activity', 'points', 'sessions', 'devices', 'codes', 'attempts'] as const
    expect(counted.map((name) => section(name).length)).toEqual([
      rows.SecurityEvent,
      rows.PointsEntry,
      rows.Session,
      rows.KnownDevice,
      rows.Challenge,
      rows.FailureCount,
    ])
    expect(section('sessions')).toMatchObject([
      { ip: account.origin.ip, userAgent: 'Test Browser' },
    ])
    const messages = await db().message.count({ where: { event: { userId: account.userId } } })
    expect(section('messages').length).toBe(messages + section('codes').length)
    const links = await db().secureLink.count({ where: { event: { userId: account.userId } } })
    expect(section('links')).toHaveLength(links)
  })

  it('has failures that were counted under another key, before the address had an account', async () => {
    const account = await makeAccount()
    const key = { path: 'password', scope: 'unknown', failures: 7, updatedAt: NOW }
    await db().failureCount.create({ data: { account: blindIndexOf(account.email), ...key } })
    await db().address.updateMany({
      where: { userId: account.userId, kind: 'email' },
      data: { blindIndex: '0'.repeat(64) },
    })
    expect((await collect(account.userId))('attempts')).toMatchObject([{ failures: 7 }])
  })

  it('has each row of a large account once, and few of them in memory', async () => {
    const { userId } = await makeAccount()
    const EVENTS = 1_201
    await pool().query(
      `insert into "SecurityEvent" (id, "userId", position, type, at, ip, "userAgent", detail, reference)
        select gen_random_uuid(), $1, nth + 1, 'new_device', $2, '', '', '{}', 'L' || nth
        from generate_series(1, $3::int) nth`,
      [userId, NOW, EVENTS],
    )
    await pool().query(
      `insert into "Message" (id, channel, kind, locale, "eventId", "createdAt", "expiresAt")
        select gen_random_uuid(), 'sms', 'notice.new_device', 'id', id, at, at from "SecurityEvent"
        where "userId" = $1 and position > 1`,
      [userId],
    )
    const { sections } = await openIt(userId)
    for (const name of ['activity', 'messages'] as const) {
      const pages: number[] = []
      for await (const page of sections[name]()) pages.push(page.length)
      expect(Math.max(...pages)).toBeLessThanOrEqual(502)
    }
    const { activity, messages } = JSON.parse(await jsonOf(userId)).sections
    const references = activity.map(({ reference }: { reference: string }) => reference)
    expect([references.length, new Set(references).size]).toEqual([EVENTS + 1, EVENTS + 1])
    expect(messages).toHaveLength(EVENTS + 2)
  })

  it('contains no secret and no hash', async () => {
    const account = await makeLived()
    const text = await jsonOf(account.userId, true)
    expect(text).not.toMatch(/[0-9a-f]{64}|\$argon2/)
  })

  it('tells the reasons of customer care to an operator only', async () => {
    const account = await makeLived()
    await freezeByCare({ userId: account.userId, reason: 'telepon dari pemilik', now: NOW })
    const own = await jsonOf(account.userId)
    expect(own).not.toContain('telepon dari pemilik')
    expect(await jsonOf(account.userId, true)).toContain('telepon dari pemilik')
  })

  it.each([
    ['id', 'Aktivitas akun', 'Akun Recovery sudah aktif'],
    ['en', 'Account activity', 'A recovery account is now active'],
  ] as const)(
    'is a readable page in %s, which shows markup as text',
    async (locale, heading, happened) => {
      const account = await makeLived()
      const name = '<img src=x onerror=alert(1)>'
      await db().user.update({ where: { id: account.userId }, data: { name } })
      const page = await textOf(writePage(await openIt(account.userId), locale))
      expect(page).toContain(`<h2>${heading}</h2>`)
      expect(page).toContain(happened)
      expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
      expect(page).not.toContain('<img')
      expect(page).not.toMatch(/<script|https?:\/\//)
    },
  )

  it.each(['id', 'en'] as const)(
    'is in words and local times in %s, whatever is stored',
    async (locale) => {
      const browser =
        'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36'
      const [events, purposes] = [Object.values(EventType), Object.values(Purpose)]
      const kinds = [
        ...events.map((event) => `notice.${event}`),
        ...purposes.map((purpose) => `code.${purpose}`),
        ...['already_registered', 'reminder', 'incident', 'caller_word'],
      ]
      const actions = Object.values(CaseActionType).map((action) => ({ action }))
      const paths = ['password', 'primary_phone', 'recovery', 'saved_code', ...purposes]
      const scopes = ['unknown', 'session', 'device', 'devices', 'link', 'links']
      const facts: Record<SectionName, Fact[]> = {
        account: ['id', 'en'].map((language) => ({ language, createdAt: NOW })),
        addresses: ['primary', 'recovery'].map((role) => ({ role })),
        activity: events.map((event) => ({ event, userAgent: browser })),
        points: Object.values(PointsReason).map((reason) => ({ reason, amount: 1250 })),
        sessions: [],
        devices: [],
        messages: kinds.map((kind) => ({ kind, channel: 'sms' })),
        codes: purposes.map((purpose) => ({ purpose })),
        savedCodes: [],
        heldPasswords: Object.values(HeldPasswordEnd).map((outcome) => ({ outcome })),
        attempts: [...paths.map((path) => ({ path })), ...scopes.map((scope) => ({ scope }))],
        links: ['freeze', 'unfreeze', 'reset', 'veto', 'hold'].map((link) => ({ link })),
        cases: [...actions, ...OUTCOMES.map((outcome) => ({ outcome }))],
      }
      const sections = pagesOf(facts)
      const page = await textOf(writePage({ exportedAt: NOW, language: locale, sections }, locale))
      const values = [...page.matchAll(/<dd>(.*?)<\/dd>/g)].map(([, value = '']) => value)
      for (const value of values) expect(value).toMatch(/^[A-Z0-9]/)
      expect(values.filter((value) => /_|\.[a-z]|T\d\d:|Mozilla/.test(value))).toEqual([])
      const time = { id: '2 Mar 2026, 10.00 WIB', en: '2 Mar 2026, 10:00 WIB' }
      expect(page).toContain(time[locale])
      expect(page).toContain({ id: 'Chrome di Android', en: 'Chrome on Android' }[locale])
      expect(page).toContain({ id: '1.250', en: '1,250' }[locale])
    },
  )
})
