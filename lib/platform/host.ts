import { codeOf } from './command'

/** The message for a HOST at which no server can listen. */
export const HOST_FAULT =
  'HOST is not an address of this machine. Set it to one, to 0.0.0.0 for all, or remove it.'

/** Whether a server could not listen because the address is not one of this machine, or is no name. */
export const isNoOwnAddress = (error: unknown): boolean =>
  ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(error) ?? '')
