export { type AddRefusal, addAddress, addWaitingEmail } from './add'
export { type AddressKind, type AnyAddress, type Email, fromStored, type Phone } from './address'
export {
  blindIndexesOf,
  blindIndexOf,
  isSameMailbox,
  mailboxIndexesOf,
  mailboxIndexOf,
} from './blind-index'
export { formatAddress, lookAlikeDomain, maskAddress, withMasks } from './display'
export { type EmailRefusal, parseEmail } from './email'
export {
  findPrimary,
  listAddresses,
  listAddressHistory,
  listHolders,
  listingOf,
  listOfPrimary,
  listUnconfirmedPrimaries,
  OWNER_OF_PRIMARY,
  readAddresses,
} from './find'
export { type AddressRefusal, type IdentifierRefusal, parseAddress, parseIdentifier } from './parse'
export { type PhoneRefusal, parsePhone, phoneRangeOf } from './phone'
export { markReachable, markUnreachable, markVerified } from './reachability'
export { markReclaimed, markRecycled, markTrusted } from './recycling'
export {
  type Consent,
  confirmAddress,
  type HeldAddress,
  isProof,
  type PastAddress,
  primaryPhoneOf,
  removeAddress,
  SEALED_ADDRESSES,
  toHeld,
  withdrawAddress,
} from './store'
export { trimTyped } from './typed'
