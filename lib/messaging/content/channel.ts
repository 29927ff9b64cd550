import type { AnyAddress } from '@/lib/addresses'
import { env } from '@/lib/platform/env'
import type { Channel } from '@/prisma/client/enums'

/** How a message goes to a number. */
export type PhoneChannel = Exclude<Channel, 'email'>

/** The channel of a message to an address: WhatsApp only where it is wanted and the shop has it. */
export function channelTo(
  { kind }: Pick<AnyAddress, 'kind'>,
  wanted: Channel | null | undefined,
): Channel {
  if (kind === 'email') return 'email'
  return phoneChannelOf(wanted)
}

/** The channel of a message to a number. */
export const phoneChannelOf = (wanted: Channel | null | undefined): PhoneChannel =>
  wanted === 'whatsapp' && env().hasWhatsapp ? 'whatsapp' : 'sms'
