import { type AnyAddress, formatAddress, fromStored, maskAddress } from '@/lib/addresses'
import { open } from '@/lib/platform/crypto'
import type { Message } from '@/prisma/client/client'
import { SEALED_TO } from '../content/content'

type Sealed = Pick<Message, 'sealedTo' | 'channel'>

/** The address of a message in common notation; null for a message without a recipient. */
export const openRecipient = (message: Sealed): string | null => show(message, formatAddress)

/** The mask of the address of a message; null for a message without a recipient. */
export const maskRecipient = (message: Sealed): string | null => show(message, maskAddress)

function show({ sealedTo, channel }: Sealed, format: (address: AnyAddress) => string) {
  if (sealedTo === null) return null
  return format(fromStored(channel === 'email' ? 'email' : 'phone', open(sealedTo, SEALED_TO)))
}
