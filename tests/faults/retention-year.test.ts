import { expect, it, vi } from 'vitest'
import { logIn } from '@/lib/accounts'
import { verifyActivity } from '@/lib/activity'
import { removeRecoveryAddress, requestRemoval } from '@/lib/contacts'
import { deleteOld } from '@/lib/personal-data/prune'
import { pool } from '@/lib/platform/db'
import { passReset } from '@/lib/recovery'
import { unfreezeByCare } from '@/lib/support'
import { begin, choose, stop } from '../domain/freeze-actions'
import { register, registered } from '../domain/registration-actions'
import { complete, start } from '../domain/reset-actions'
import {
  addRecoveriesWithCodes,
  addRecovery,
  callerOf,
  DAY,
  expectDone,
  HOUR,
  later,
  makeAccount,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { receiveEarly, settle } from './retention-actions'

addRecoveriesWithCodes()

const STEP_DAYS = 10
const LONGEST_DAYS = 60

Object.assign(process.env, {
  RETENTION_CHALLENGES_DAYS: '20',
  RETENTION_MESSAGES_DAYS: '30',
  RETENTION_SESSIONS_DAYS: '10',
  RETENTION_DEVICES_DAYS: '40',
  RETENTION_FAILURES_DAYS: '60',
  RETENTION_LINKS_DAYS: '10',
  RETENTION_ORIGINS_DAYS: '50',
  RETENTION_ADDRESSES_DAYS: '40',
})

/** They grow with the accounts and with what happens to them. Events are deleted after a year at the earliest. */
const GROWING = [
  'Address',
  'PointsEntry',
  'SecurityEvent',
  'StaffEvent',
  'User',
  '_prisma_migrations',
]

/** What customers and strangers do in each step of the year. */
async function live(now: Date) {
  const at = (seconds: number) => later(seconds, now)
  await expectDone(register({ now }))
  const { userId, phone, email } = await registered({ now })
  const account = { userId, phone, email, name: 'Budi Santoso', passwordHash: '' }
  const login = { identifier: phone.value, origin: newOrigin() }
  await logIn({ ...login, password: OTHER_PASSWORD, now })
  await logIn({ ...login, identifier: newEmail().value, password: PASSWORD, now })
  await expectDone(logIn({ ...login, password: PASSWORD, now }))
  await addRecovery(account, newEmail(), now)
  const lost = newPhone()
  await addRecovery(account, lost, now)
  await expectDone(requestRemoval(callerOf(account, at(HOUR)), 'phone'))
  await expectDone(removeRecoveryAddress(callerOf(account, at(HOUR)), await newestCode(phone)))
  await expectDone(start(newPhone(), 'recovery', now))
  const { secret } = await expectDone(start(phone, 'primary_phone', at(2 * HOUR)))
  const code = await newestCode(phone)
  const passed = await expectDone(passReset(secret, code, newOrigin(), at(2 * HOUR)))
  await expectDone(complete(passed.secret, OTHER_PASSWORD, at(2 * HOUR)))
  await stop(account, at(3 * HOUR))
  await choose(await begin(account, at(4 * HOUR)), 'primary_phone', at(4 * HOUR))
  await expectDone(unfreezeByCare({ userId, reason: 'tiket 1', now: at(5 * HOUR) }, []))
}

async function countRows() {
  const { rows } = await pool().query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const counts = rows.map(async ({ name }) => {
    const counted = await pool().query<{ n: number }>(`select count(*)::int as n from "${name}"`)
    return [name, counted.rows[0]?.n ?? 0] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

async function countOrigins() {
  const { rows } = await pool().query<{ events: number; addresses: number }>(
    `select (select count(*)::int from "SecurityEvent" where ip <> '' or "userAgent" <> '') as events,
      (select count(*)::int from "Address" where "addedFrom" <> '') as addresses`,
  )
  return rows[0]
}

it('R57 in a year of constant load every table but the named ones has a constant number of rows', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await makeAccount()
  const seen: { day: number; counts: Record<string, number>; origins: unknown }[] = []
  for (let day = 0; day <= 365; day += STEP_DAYS) {
    const now = later(day * DAY)
    vi.setSystemTime(now)
    await live(now)
    await receiveEarly(now)
    const night = later((day + STEP_DAYS) * DAY - HOUR)
    await settle(night)
    vi.setSystemTime(night)
    await deleteOld(night)
    seen.push({ day, counts: await countRows(), origins: await countOrigins() })
  }
  const steady = seen.filter(({ day }) => day > LONGEST_DAYS + 2 * STEP_DAYS)
  const first = steady[0]
  const last = steady.at(-1)
  for (const { day, counts, origins } of steady) {
    const constant = Object.entries(counts).filter(([name]) => !GROWING.includes(name))
    const expected = Object.entries(first?.counts ?? {}).filter(([name]) => !GROWING.includes(name))
    expect({ day, constant, origins }).toEqual({ day, constant: expected, origins: first?.origins })
  }
  expect(steady.length).toBeGreaterThan(20)
  for (const table of ['Message', 'Challenge', 'Session', 'SecureLink', 'FailureCount'])
    expect([table, (first?.counts[table] ?? 0) > 0]).toEqual([table, true])
  // Of the named tables, the removed addresses do not pile up.
  const accounts = (last?.counts.User ?? 0) - (first?.counts.User ?? 0)
  expect((last?.counts.Address ?? 0) - (first?.counts.Address ?? 0)).toBe(3 * accounts)
  expect((await verifyActivity(new Date())).faults).toEqual([])
  vi.useRealTimers()
}, 600_000)
