import { formatAddress, fromStored } from '@/lib/addresses'
import { open } from '@/lib/platform/crypto'
import type { Message } from '@/prisma/client/client'
import { SEALED_TO } from '../content/content'

/** The address of a message in common notation; null for a message without a recipient. */
export function openRecipient({ sealedTo, channel }: Pick<Message, 'sealedTo' | 'channel'>) {
  if (sealedTo === null) return null
  return formatAddress(
    fromStored(channel === 'email' ? 'email' : 'phone', open(sealedTo, SEALED_TO)),
  )
}
