import type { HeldAddress } from '@/lib/addresses'
import { channelTo, nameFor, type Outgoing } from '@/lib/messaging'
import { countryOf } from '@/lib/platform/geo'
import type { Locale } from '@/lib/platform/locale'
import type { Channel } from '@/prisma/client/enums'
import { readDetail } from './detail'
import type { Written } from './event-row'
import type { LinkTo } from './secure-link'

/** A notification that is older is not sent any more. */
const NOTICE_LIFETIME_MS = 3 * 24 * 60 * 60 * 1_000

/** The language and the name of the account's owner, and how messages go to the owner's numbers. */
export type Reader = { locale: Locale; name: string; phoneChannel: Channel | null }

/** Who is notified of an event, with which links, and when. */
type Notified = {
  linked: readonly HeldAddress[]
  /** Whoever is only told may be a stranger: no link, and no name. */
  told?: readonly HeldAddress[]
  /** The links of the addresses of `linked`, in that order. */
  links: readonly LinkTo[]
  resetLinks: readonly { token?: string }[]
  vetoLinks?: ReadonlyMap<string, string> | undefined
  due?: Date | undefined
  smsDueAt?: Date | undefined
  now: Date
}

/** The notices of an event, one to each address. */
export function noticesOf(
  row: Pick<Written, 'id' | 'type' | 'at' | 'ip' | 'userAgent' | 'reference' | 'detail'>,
  reader: Reader,
  { linked, told = [], links, resetLinks, vetoLinks, due, smsDueAt, now }: Notified,
): Outgoing[] {
  return [...linked, ...told].map((held, nth) => ({
    content: {
      ...contentOf(row),
      ...(nth < linked.length && nameFor(held, reader.name)),
      ...linksOf(links[nth]?.token, resetLinks[nth]?.token, vetoLinks?.get(held.id)),
      ...(due && { due: due.toISOString() }),
    },
    locale: reader.locale,
    expiresAt: new Date(now.getTime() + NOTICE_LIFETIME_MS),
    to: held.address,
    channel: channelTo(held.address, reader.phoneChannel),
    eventId: row.id,
    ...(smsDueAt && held.address.kind === 'phone' && { dueAt: smsDueAt }),
  }))
}

const linksOf = (link?: string, resetLink?: string, vetoLink?: string) => ({
  ...(link && { link }),
  ...(resetLink && { resetLink }),
  ...(vetoLink && { vetoLink }),
})

function contentOf({
  type,
  at,
  ip,
  userAgent,
  reference,
  detail,
}: Pick<Written, 'type' | 'at' | 'ip' | 'userAgent' | 'reference' | 'detail'>) {
  const { about, what } = readDetail(detail)
  const country = countryOf(ip)
  return {
    kind: 'notice' as const,
    event: type,
    at: at.toISOString(),
    device: userAgent,
    reference,
    ...(country && { country }),
    ...(about && { address: about }),
    ...(what && { what }),
  }
}
