import * as z from 'zod'
import { isReader, recordEvent } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { nameFor, sendMessages } from '@/lib/messaging'
import { lockUser, type Tx, transaction } from '@/lib/platform/db'
import { parseLocale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'

/** UU PDP article 46: within 3 × 24 hours. */
const NOTICE_LIFETIME_MS = 3 * 24 * 60 * 60 * 1_000

/** The texts go by SMS too, in a few parts. */
const TEXT_MAX_CHARACTERS = 300

const text = z.string().trim().min(1).max(TEXT_MAX_CHARACTERS)
const texts = z.strictObject({ what: text, advice: text })

/**
 * An incident, as an operator describes it: a name of its own, when it happened, and in both
 * languages what happened to which data, and what the reader should do.
 */
export const incidentSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,60}$/, 'must be lower-case letters, digits and hyphens'),
  at: z.iso.datetime({ offset: true }).transform((written) => new Date(written).toISOString()),
  id: texts,
  en: texts,
})

export type Incident = z.output<typeof incidentSchema>

/** Nobody's device: an operator ran a command. */
const OPERATOR: Origin = { ip: 'operator', userAgent: '' }

/**
 * `told`: the notice was written to every usable address, with an event in the activity. `told_before`:
 * the person was told of this incident already. `unreachable`: there is no address, or no such
 * account.
 */
export type Told = 'told' | 'told_before' | 'unreachable'

/**
 * Writes the notice of an incident to every usable address of a person, frozen or not. One event for
 * each incident: of several concurrent calls one tells.
 */
export function tellAffected(userId: string, incident: Incident, now: Date): Promise<Told> {
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const user = await tx.user.findUnique({ where: { id: userId } })
    const held = (await listAddresses(tx, userId)).filter(isReader)
    if (!user || user.erasedAt || held.length === 0) return 'unreachable'
    if (await wasTold(tx, userId, incident)) return 'told_before'
    const { name, ...content } = incident
    const event = { userId, type: 'incident_notified', incident: name } as const
    const recorded = await recordEvent(tx, { ...event, origin: OPERATOR, now, notify: [] })
    const { id: eventId, reference } = recorded
    const message = {
      locale: parseLocale(user.locale),
      expiresAt: new Date(now.getTime() + NOTICE_LIFETIME_MS),
      eventId,
    } as const
    const channelOf = { email: 'email', phone: 'sms' } as const
    const outgoing = held.map(({ address, confirmedAt }) => ({
      ...message,
      content: {
        kind: 'incident' as const,
        ...content,
        reference,
        ...nameFor({ address, confirmedAt }, user.name),
      },
      to: address,
      channel: channelOf[address.kind],
    }))
    await sendMessages(tx, outgoing, now)
    return 'told'
  })
}

async function wasTold(tx: Tx, userId: string, { name }: Incident) {
  const detail = { path: ['incident'], equals: name }
  const where = { userId, type: 'incident_notified', detail } as const
  return (await tx.securityEvent.count({ where })) > 0
}
