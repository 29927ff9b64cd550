import { keyedHash } from '@/lib/platform/crypto'
import { prefixOf } from '@/lib/platform/networks'

const NETWORK = 'sms.network'

/**
 * The keyed hash of the network of an IP address: the /24 of IPv4, the /48 of IPv6. One subscriber
 * seldom has more, and whoever rents one has all of its addresses.
 */
export const hashNetwork = (ip: string): string =>
  keyedHash(prefixOf(ip, { ipv4: 24, ipv6: 48 }), NETWORK)
