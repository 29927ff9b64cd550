import { isOpenHttp, startUpParametersIn } from './env-urls'
import { keyRing } from './key-rings'

type Source = Record<string, string | undefined>

/**
 * The faults of variables that are well formed and wrong together. It reads the unparsed variables,
 * so that these faults are listed together with all others.
 */
export function findConflicts(source: Source, isEmbedded: boolean): string[] {
  const faults: string[] = []
  if (haveCommonKey(source.SEALING_KEYS, source.HASHING_KEYS))
    faults.push('HASHING_KEYS: must not hold a key of SEALING_KEYS')
  if (!isEmbedded)
    for (const name of ['APP_ORIGIN', 'CARE_ORIGIN'] as const)
      if (isOpenHttp(source[name]))
        faults.push(`${name}: must begin with https://, except on localhost`)
  if (isEmbedded && source.DATABASE_DIRECT_URL)
    faults.push('DATABASE_DIRECT_URL: has no meaning without DATABASE_URL')
  return [...faults, ...findCareConflicts(source), ...findPoolerConflicts(source)]
}

function haveCommonKey(...rings: (string | undefined)[]) {
  const [one = [], other = []] = rings.map((text) =>
    (keyRing.safeParse(text).data ?? []).map(({ bytes }) => bytes.toString('hex')),
  )
  return one.some((key) => other.includes(key))
}

/**
 * Browsers send the cookies of a host to all of its ports, and offer its passkeys there. The
 * cookies of both origins have the name of one protocol.
 */
function findCareConflicts({ APP_ORIGIN: shop = 'http://localhost', CARE_ORIGIN: care }: Source) {
  if (care === undefined || !URL.canParse(care) || !URL.canParse(shop)) return []
  const [one, other] = [new URL(shop), new URL(care)]
  const faults: string[] = []
  if (one.hostname === other.hostname)
    faults.push('CARE_ORIGIN: must have another host name than APP_ORIGIN')
  if (one.protocol !== other.protocol)
    faults.push('CARE_ORIGIN: must begin with http:// or https:// as APP_ORIGIN does')
  return faults
}

/** With DATABASE_DIRECT_URL, DATABASE_URL leads to a pooler, which refuses such parameters. */
function findPoolerConflicts({ DATABASE_DIRECT_URL: direct, DATABASE_URL: url = '' }: Source) {
  if (direct === undefined) return []
  return startUpParametersIn(url).map(
    (name) =>
      `DATABASE_URL: must not set ${name}, which a pooler refuses; set it for the role with ALTER ROLE`,
  )
}
