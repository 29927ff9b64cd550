import ipaddr from 'ipaddr.js'

/** A part of the internet that one customer or one provider's gateway uses. */
export type Network = { name: string; size: 'address' | 'site' }

/**
 * The networks that the requests of an IP address count at: an IPv4 address itself; for IPv6 its
 * /64, of which one customer has at least one, and its /48, of which a site may have one.
 */
export function networksOf(ip: string): Network[] {
  const address = networkOf(ip)
  const site = prefixOf(ip, { ipv4: 32, ipv6: 48 })
  return [
    { name: address, size: 'address' },
    ...(site === address ? [] : [{ name: site, size: 'site' } as const]),
  ]
}

/** The smaller one of the networks of an IP address. */
export const networkOf = (ip: string): string => prefixOf(ip, { ipv4: 32, ipv6: 64 })

/** The first bits of an IP address, however it is written: `2001:db8::/48`. */
export function prefixOf(ip: string, { ipv4, ipv6 }: { ipv4: number; ipv6: number }): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4')
    return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${ipv4}`)}/${ipv4}`
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${ipv6}`)}/${ipv6}`
}

const PRIVATE = ['private', 'loopback', 'linkLocal', 'uniqueLocal', 'carrierGradeNat']

/** Whether an IP address is one of a private network or of this machine. */
export const isPrivate = (ip: string): boolean =>
  ipaddr.isValid(ip) && PRIVATE.includes(ipaddr.process(ip).range())
