export { type AddressKind, type AnyAddress, type Email, fromStored, type Phone } from './address'
export { formatAddress, maskAddress } from './display'
export { type EmailRefusal, parseEmail } from './email'
export { destinationOf, destinationsOf, isSameDestination, lookupOf, lookupsOf } from './identity'
export { type AddressRefusal, type IdentifierRefusal, parseAddress, parseIdentifier } from './parse'
export { type PhoneRefusal, parsePhone } from './phone'
export { isProofDue, proofHorizon } from './proof'
export {
  type AddRefusal,
  addAddress,
  confirmAddress,
  findPrimary,
  type HeldAddress,
  listAddresses,
  listAddressHistory,
  markProven,
  markReachable,
  markUnreachable,
  type PastAddress,
  primaryPhoneOf,
  removeAddress,
} from './store'
export { trimTyped } from './typed'
