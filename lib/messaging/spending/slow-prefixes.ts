import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { HOUR_MS } from './clock-hour'

const WEEK_MS = 7 * 24 * HOUR_MS

/** A code that was sent a moment ago may still be entered. */
const ENTRY_MS = 3 * 60 * 1_000

/** How many codes that were not entered one network, or one browser, adds to a share. */
const UNENTERED_PER_SOURCE = 3

/** Fewer codes say nothing about a prefix. */
const LEAST_SENDS = 15

/** A prefix is slow below this part of its usual share. */
const FAR_BELOW = 0.5

/**
 * The usual share of entered codes: of the last week, or this one while a prefix has had few. It is
 * not taken below the least, so that a slow attack does not make a low share usual.
 */
const USUAL = { byDefault: 0.6, least: 0.4 } as const

const LENGTH_OF_HASH_IN_LOG = 8

type Share = { prefix: string; country: string; sends: number; entered: number }

/**
 * Slows the prefixes whose codes of the last hour were entered far less often than usual, and lets
 * those go that were slowed an hour ago and no longer are. Several workers may run it at the same
 * time: each change is logged once, by the country and the beginning of a keyed hash.
 */
export async function reviewPrefixes(now: Date): Promise<void> {
  const slow: Share[] = []
  const suspects = await sharesOf(now.getTime() - HOUR_MS - ENTRY_MS, now)
  for (const share of suspects) if (await isFarBelow(share, now)) slow.push(share)
  for (const { prefix, country } of slow) await slowDown(prefix, country, now)
  await letGo(
    slow.map(({ prefix }) => prefix),
    now,
  )
}

async function isFarBelow({ prefix, sends, entered }: Share, now: Date): Promise<boolean> {
  const until = new Date(now.getTime() - HOUR_MS)
  const [week] = await sharesOf(now.getTime() - WEEK_MS, until, prefix)
  const usual = week ? Math.max(USUAL.least, week.entered / week.sends) : USUAL.byDefault
  return entered / sends < usual * FAR_BELOW
}

async function slowDown(prefix: string, country: string, now: Date) {
  const slowed = await db().slowPrefix.createMany({
    data: [{ prefix, country, slowedAt: now, nextSendAt: now }],
    skipDuplicates: true,
  })
  if (slowed.count === 1) report('sms_prefix_slowed', prefix, country)
}

async function letGo(stillSlow: readonly string[], now: Date) {
  const isOver = { slowedAt: { lte: new Date(now.getTime() - HOUR_MS) } }
  const over = await db().slowPrefix.findMany({
    where: { ...isOver, prefix: { notIn: [...stillSlow] } },
  })
  for (const { prefix, country } of over) {
    const { count } = await db().slowPrefix.deleteMany({ where: { ...isOver, prefix } })
    if (count === 1) report('sms_prefix_recovered', prefix, country)
  }
}

function report(event: string, prefix: string, country: string) {
  log.warn({ event, country, prefix: prefix.slice(0, LENGTH_OF_HASH_IN_LOG) })
}

/**
 * The share of entered codes of each prefix that had enough of them, from a time to another. Codes
 * that were not entered count up to three times for each network and for each browser.
 */
function sharesOf(fromMs: number, until: Date, prefix: string | null = null): Promise<Share[]> {
  const settled = new Date(until.getTime() - ENTRY_MS)
  return db().$queryRaw<Share[]>`
    select prefix, min(country) as country,
      count(*) filter (where is_entered or is_counted)::int as sends, count(*) filter (where is_entered)::int as entered
    from (
      select prefix, country, "enteredAt" is not null as is_entered,
        row_number() over (partition by prefix, "enteredAt" is null, network order by "sentAt", id) <= ${UNENTERED_PER_SOURCE}
        and row_number() over (partition by prefix, "enteredAt" is null, coalesce(browser, id::text) order by "sentAt", id) <= ${UNENTERED_PER_SOURCE}
          as is_counted
      from "NewNumberSend"
      where "sentAt" > ${new Date(fromMs)} and "sentAt" <= ${settled} and (${prefix}::text is null or prefix = ${prefix})
    ) as send
    group by prefix
    having count(*) filter (where is_entered or is_counted) >= ${LEAST_SENDS}`
}
