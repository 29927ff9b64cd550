import { type HeldAddress, listAddresses, maskAddress, primaryPhoneOf } from '@/lib/addresses'
import { nameFor, repeat, sendMessages } from '@/lib/messaging'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { parseLocale } from '@/lib/platform/locale'
import { log } from '@/lib/platform/log'
import { checkNumbers } from './check-numbers'
import { reverificationHorizon } from './due'
import { holderOf } from './slot'

const HOUR_MS = 60 * 60 * 1_000
const REMINDER_LIFETIME_MS = 3 * 24 * HOUR_MS
const USERS_AT_ONCE = 500

/**
 * Asks the operators about old numbers and reminds customers, now and every hour. A recycled number is
 * marked first, so that nobody is reminded of it. `stop` lets it finish the present customer; the next
 * run reminds the others. Several processes may run it concurrently.
 */
export const startReminders = () =>
  repeat('reminders', HOUR_MS, async (stopping) => {
    await checkNumbers(new Date(), stopping)
    await remindOwners(new Date(), stopping)
  })

/**
 * Reminds each customer with a recovery address that was not verified for a year, once a year, to
 * verify it again (NIST SP 800-63B-4 4.2.1.3). A failure for one customer is logged, and the others
 * are still reminded.
 */
export async function remindOwners(now: Date, stopping?: AbortSignal): Promise<void> {
  let after = ''
  do {
    const owners = await findOwners(now, after)
    for (const userId of owners) if (!stopping?.aborted) await remind(userId, now)
    after = owners.at(-1) ?? ''
  } while (after !== '' && !stopping?.aborted)
}

async function findOwners(now: Date, after: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ userId: string }[]>`
    select distinct address."userId"::text as "userId"
    from "Address" address join "User" owner on owner.id = address."userId"
    where address.role = 'recovery' and address."removedAt" is null and address."recycledAt" is null and address."lastVerifiedAt" is not null
      and greatest(address."lastVerifiedAt", address."remindedAt") <= ${reverificationHorizon(now)}
      and owner."frozenAt" is null and address."userId"::text > ${after}
    order by 1 limit ${USERS_AT_ONCE}`
  return rows.map(({ userId }) => userId)
}

async function remind(userId: string, now: Date) {
  await transaction((tx) => sendReminder(tx, userId, now)).catch((error) =>
    log.warn({ event: 'reminder_failed', error: reportError(error) }),
  )
}

/** Marks the addresses first: of several concurrent workers, only one finds them unmarked. */
async function sendReminder(tx: Tx, userId: string, now: Date) {
  const { isFrozen, locale, name } = await lockUser(tx, userId)
  const marked = isFrozen ? [] : await mark(tx, userId, now)
  if (marked.length === 0) return
  const held = await listAddresses(tx, userId)
  const addresses = held
    .filter(({ id }) => marked.includes(id))
    .map(({ address }) => maskAddress(address))
  const holder = readerOf(held)
  if (holder.isRecycled) return
  const to = holder.address
  const content = { kind: 'reminder', addresses, ...nameFor(holder, name) } as const
  const channel = to.kind === 'email' ? 'email' : 'sms'
  const expiresAt = new Date(now.getTime() + REMINDER_LIFETIME_MS)
  const reader = { to, channel, userId, locale: parseLocale(locale) } as const
  await sendMessages(tx, [{ ...reader, content, expiresAt }], now)
}

async function mark(tx: Tx, userId: string, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update "Address" set "remindedAt" = ${now}
    where "userId" = ${userId}::uuid and role = 'recovery' and "removedAt" is null and "lastVerifiedAt" is not null
      and greatest("lastVerifiedAt", "remindedAt") <= ${reverificationHorizon(now)}
    returning id::text`
  return rows.map(({ id }) => id)
}

/** The recipient: the primary e-mail if it is confirmed and reachable, else the primary phone. */
function readerOf(held: readonly HeldAddress[]) {
  const email = holderOf(held, { role: 'primary', kind: 'email' })
  if (email?.confirmedAt && email.isReachable) return email
  return primaryPhoneOf(held)
}
