import ipaddr from 'ipaddr.js'

/** A part of the internet that one customer or one provider's gateway uses. */
export type Network = { name: string; size: 'address' | 'site' }

const SUBNET_BITS = 64
const SITE_BITS = 48

/**
 * The networks that the requests of an IP address count at: an IPv4 address itself; for IPv6 its
 * /64, of which one customer has at least one, and its /48, of which a site may have one.
 */
export function networksOf(ip: string): Network[] {
  if (!ipaddr.isValid(ip)) return [{ name: ip, size: 'address' }]
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return [{ name: address.toString(), size: 'address' }]
  return [
    { name: prefixOf(ip, SUBNET_BITS), size: 'address' },
    { name: prefixOf(ip, SITE_BITS), size: 'site' },
  ]
}

const prefixOf = (ip: string, bits: number) =>
  `${ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${bits}`).toString()}/${bits}`
