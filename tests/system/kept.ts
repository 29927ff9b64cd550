import { vi } from 'vitest'
import type { FakeProviders } from '../support/fake-providers'
import type { Story } from './mixed-load'
import { ask } from './pgbouncer'

const PATIENCE = { timeout: 60_000, interval: 250 }

/**
 * How many confirmed deeds the product does not have any more, and messages that nobody gets. The
 * browsers ask for it as their customers would.
 */
export async function countLost(stories: readonly Story[], url: string): Promise<number> {
  await vi.waitFor(async () => {
    const waiting = `select count(*)::int as count from "Message" where "runAt" is not null`
    const [messages] = await ask(url, waiting)
    if (messages?.count !== 0) throw new Error(`${messages?.count} messages wait`)
  }, PATIENCE)
  let lost = await countUnsent(url)
  for (const story of stories) lost += await countLostOf(story)
  return lost
}

async function countLostOf({ customer, confirmed, browser }: Story) {
  const last = confirmed.at(-1)?.deed
  const hasSession = last !== 'login' || (await browser.open('/profile')).status === 200
  const hasEmail = confirmed.some(({ deed }) => deed === 'code')
  const identifier = hasEmail ? customer.email : customer.phone
  browser.cookies.delete('session')
  const page = await browser.send('/login', 'Masuk', { identifier, password: customer.password })
  const hasAccount = confirmed.length === 0 || page.path === '/profile'
  return (hasAccount ? 0 : confirmed.length) + (hasSession ? 0 : 1)
}

/** Messages of customers, who all wait for them, that ended without being sent. */
const countUnsent = (url: string) =>
  countOf(
    url,
    `select count(*)::int as count from "Message" where "sealedTo" is not null and "sentAt" is null
      and not (kind like 'code.%' and "expiresAt" > now())`,
  )

const countOf = async (url: string, sql: string) => Number((await ask(url, sql))[0]?.count)

/** What may be there once: an account of a number, its confirmation, its only reset. */
const DOUBLED = `select count(*)::int as count from (
  select 1 from "Address" where role = 'primary' and "removedAt" is null group by "blindIndex" having count(*) > 1
  union all
  select 1 from "SecurityEvent" where type in ('registered', 'email_confirmed', 'password_reset')
    group by "userId", type having count(*) > 1) as doubled`

/** How many accounts and changes were made twice, and messages sent twice. */
export async function countDoubled({ received }: FakeProviders, url: string): Promise<number> {
  const stored = await ask(
    url,
    'select "providerId" as id from "Message" where "sentAt" is not null',
  )
  const ids = new Set(stored.map(({ id }) => id))
  return received.filter(({ id }) => !ids.has(id)).length + (await countOf(url, DOUBLED))
}
