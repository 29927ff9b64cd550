import { isIP } from 'node:net'
import { keyedHash } from '@/lib/platform/crypto'

const NETWORK = 'sms.network'
const IPV6_GROUPS = 8

/**
 * The keyed hash of the network of an IP address: the /24 of IPv4, the /48 of IPv6. One subscriber
 * seldom has more, and whoever rents one has all of its addresses.
 */
export const hashNetwork = (ip: string): string => keyedHash(networkOf(ip), NETWORK)

function networkOf(ip: string): string {
  if (isIP(ip) === 4) return ip.split('.').slice(0, 3).join('.')
  return isIP(ip) === 6 ? expand(ip).slice(0, 3).join(':') : ip
}

/** The groups of an IPv6 address, without the zeros in front. */
function expand(ip: string): string[] {
  const [front = '', back = ''] = ip.toLowerCase().split('::')
  const [first, last] = [groupsOf(front), groupsOf(back)]
  const zeros = Math.max(0, IPV6_GROUPS - first.length - last.length)
  return [...first, ...Array<string>(zeros).fill('0'), ...last].map((group) =>
    group.replace(/^0+(?=.)/, ''),
  )
}

const groupsOf = (text: string) => (text === '' ? [] : text.split(':'))
