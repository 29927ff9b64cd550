declare const parsed: unique symbol

/**
 * A parsed e-mail address. `value` is the recipient of mail: the local part as typed, the domain in
 * lower-case punycode.
 */
export type Email = { readonly kind: 'email'; readonly value: string; readonly [parsed]: true }

/** A parsed mobile number. `value` is E.164, such as +6281234567890. */
export type Phone = { readonly kind: 'phone'; readonly value: string; readonly [parsed]: true }

export type AnyAddress = Email | Phone
export type AddressKind = AnyAddress['kind']

export function brandEmail(value: string): Email {
  return { kind: 'email', value } as Email
}

export function brandPhone(value: string): Phone {
  return { kind: 'phone', value } as Phone
}

/** Brands a stored value, which was parsed before. Typed text is parsed by `parseAddress`. */
export function fromStored(kind: 'email', value: string): Email
export function fromStored(kind: 'phone', value: string): Phone
export function fromStored(kind: AddressKind, value: string): AnyAddress
export function fromStored(kind: AddressKind, value: string): AnyAddress {
  return kind === 'email' ? brandEmail(value) : brandPhone(value)
}
