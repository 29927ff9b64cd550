export { type AddRefusal, addAddress, addWaitingEmail } from './add'
export { type AddressKind, type AnyAddress, type Email, fromStored, type Phone } from './address'
export {
  blindIndexesOf,
  blindIndexOf,
  isSameMailbox,
  mailboxIndexesOf,
  mailboxIndexOf,
} from './blind-index'
export { formatAddress, lookAlikeDomain, maskAddress } from './display'
export { type EmailRefusal, parseEmail } from './email'
export { type AddressRefusal, type IdentifierRefusal, parseAddress, parseIdentifier } from './parse'
export { type PhoneRefusal, parsePhone, phoneRangeOf } from './phone'
export { markReachable, markUnreachable, markVerified } from './reachability'
export {
  confirmAddress,
  findPrimary,
  type HeldAddress,
  listAddresses,
  listAddressHistory,
  listUnconfirmedPrimaries,
  type PastAddress,
  primaryPhoneOf,
  removeAddress,
  withdrawAddress,
} from './store'
export { trimTyped } from './typed'
